# SPDX-License-Identifier: MIT
# What `cmake --install` puts where. Everything is found relative to the program or the library, so any prefix will do.

# Embedders write #include <newsconv.h>, formats #include "core/plugin.h", as the bundled ones do.
set(headers ${CMAKE_INSTALL_INCLUDEDIR}/newsconv)
install(FILES core/newsconv.h DESTINATION ${headers})
file(GLOB plugin_headers CONFIGURE_DEPENDS core/plugin.h core/kinds.def core/warnings.def)
install(FILES ${plugin_headers} DESTINATION ${headers}/core)

set_target_properties(newsconv PROPERTIES VERSION ${PROJECT_VERSION} SOVERSION ${PROJECT_VERSION_MAJOR})
install(TARGETS newsconv DESTINATION ${CMAKE_INSTALL_LIBDIR})
if(TARGET newsconv-cli)
    set_target_properties(newsconv-cli PROPERTIES INSTALL_RPATH "$ORIGIN/../${CMAKE_INSTALL_LIBDIR}")
    install(TARGETS newsconv-cli DESTINATION ${CMAKE_INSTALL_BINDIR})
endif()
foreach(name ${NEWSCONV_FORMATS})
    if(TARGET format-${name})
        get_target_property(type format-${name} TYPE)
        if(type STREQUAL MODULE_LIBRARY)
            set_target_properties(format-${name} PROPERTIES INSTALL_RPATH "$ORIGIN/..")
            install(TARGETS format-${name} DESTINATION ${CMAKE_INSTALL_LIBDIR}/newsconv)
        endif()
    endif()
endforeach()
install(DIRECTORY scripts/ DESTINATION ${CMAKE_INSTALL_DATADIR}/newsconv/scripts FILES_MATCHING PATTERN "*.lua"
    PATTERN cases EXCLUDE)

file(RELATIVE_PATH to_prefix /${CMAKE_INSTALL_LIBDIR}/pkgconfig /)
configure_file(${CMAKE_CURRENT_LIST_DIR}/newsconv.pc.in ${PROJECT_BINARY_DIR}/newsconv.pc @ONLY)
install(FILES ${PROJECT_BINARY_DIR}/newsconv.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)

# The man page is the manual in another form.
find_package(Python3 COMPONENTS Interpreter)
if(Python3_FOUND)
    set(man_page ${PROJECT_BINARY_DIR}/${CMAKE_INSTALL_MANDIR}/man1/newsconv.1)
    add_custom_command(OUTPUT ${man_page}
        COMMAND Python3::Interpreter ${CMAKE_CURRENT_LIST_DIR}/manpage.py ${PROJECT_SOURCE_DIR}/docs/manual.md ${man_page}
        DEPENDS ${CMAKE_CURRENT_LIST_DIR}/manpage.py ${PROJECT_SOURCE_DIR}/docs/manual.md)
    add_custom_target(man-page ALL DEPENDS ${man_page})
    install(FILES ${man_page} DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
endif()
