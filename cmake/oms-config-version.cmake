# Before 1.0 a version fits what asks for the same minor version, and not for a later patch; from
# 1.0 on what asks for the same major version, and not for a later minor one.

set(PACKAGE_VERSION "@VERSION@")
set(PACKAGE_VERSION_COMPATIBLE FALSE)
set(PACKAGE_VERSION_EXACT FALSE)

string(REGEX MATCH "^[0-9]+\\.[0-9]+" _oms_has "${PACKAGE_VERSION}")
if(NOT _oms_has MATCHES "^0\\.")
    string(REGEX MATCH "^[0-9]+" _oms_has "${PACKAGE_VERSION}")
endif()
set(_oms_asked "${PACKAGE_FIND_VERSION_MAJOR}")
if(_oms_has MATCHES "\\.")
    set(_oms_asked "${PACKAGE_FIND_VERSION_MAJOR}.${PACKAGE_FIND_VERSION_MINOR}")
endif()

if(PACKAGE_FIND_VERSION STREQUAL PACKAGE_VERSION)
    set(PACKAGE_VERSION_EXACT TRUE)
    set(PACKAGE_VERSION_COMPATIBLE TRUE)
elseif(_oms_asked STREQUAL _oms_has AND NOT PACKAGE_FIND_VERSION VERSION_GREATER PACKAGE_VERSION)
    set(PACKAGE_VERSION_COMPATIBLE TRUE)
endif()

# The libraries are of one pointer width.
if(CMAKE_SIZEOF_VOID_P AND NOT CMAKE_SIZEOF_VOID_P EQUAL @POINTER@)
    set(PACKAGE_VERSION_COMPATIBLE FALSE)
    set(PACKAGE_VERSION_UNSUITABLE TRUE)
endif()

unset(_oms_has)
unset(_oms_asked)
