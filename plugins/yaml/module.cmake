# SPDX-License-Identifier: MIT
pkg_check_modules(YAML REQUIRED IMPORTED_TARGET yaml-0.1)
set(module_libraries PkgConfig::YAML)
