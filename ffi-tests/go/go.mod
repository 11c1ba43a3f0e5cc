module oms

go 1.19
