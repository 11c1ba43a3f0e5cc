# find_package(oms): the targets oms::oms (shared library) and oms::static, with their headers
# oms.h (C99) and oms.hpp (C++17). Neither needs another library. The folder may be moved.

get_filename_component(_oms_prefix "${CMAKE_CURRENT_LIST_DIR}/../../.." ABSOLUTE)

foreach(_oms_file include/oms.h lib/liboms.so lib/liboms.a)
    if(NOT EXISTS "${_oms_prefix}/${_oms_file}")
        set(oms_FOUND FALSE)
        set(oms_NOT_FOUND_MESSAGE "${_oms_prefix}/${_oms_file} is missing: `make install` again")
        return()
    endif()
endforeach()

if(NOT TARGET oms::oms)
    # The file behind the link carries the soname, by which a program asks for it.
    get_filename_component(_oms_shared "${_oms_prefix}/lib/liboms.so" REALPATH)
    add_library(oms::oms SHARED IMPORTED)
    set_target_properties(oms::oms PROPERTIES
        IMPORTED_LOCATION "${_oms_shared}"
        IMPORTED_SONAME "@SONAME@"
        INTERFACE_INCLUDE_DIRECTORIES "${_oms_prefix}/include")
    add_library(oms::static STATIC IMPORTED)
    set_target_properties(oms::static PROPERTIES
        IMPORTED_LOCATION "${_oms_prefix}/lib/liboms.a"
        IMPORTED_LINK_INTERFACE_LANGUAGES "C"
        INTERFACE_INCLUDE_DIRECTORIES "${_oms_prefix}/include")
endif()

unset(_oms_prefix)
unset(_oms_shared)
unset(_oms_file)
