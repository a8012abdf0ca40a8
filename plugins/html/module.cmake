# SPDX-License-Identifier: MIT
set(module_libraries utf8proc)
