# SPDX-License-Identifier: MIT
pkg_check_modules(GUMBO REQUIRED IMPORTED_TARGET gumbo)
set(module_libraries PkgConfig::GUMBO utf8proc)
