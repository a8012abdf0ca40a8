# SPDX-License-Identifier: MIT
set(module_libraries newsconv-archive newsconv-xml)
