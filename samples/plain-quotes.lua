-- SPDX-License-Identifier: MIT
-- Typographic quotation marks and dashes become plain ones, for wires that know ASCII alone.

local plain = {
  ["“"] = '"', ["”"] = '"', ["„"] = '"', ["‘"] = "'", ["’"] = "'",
  ["–"] = "-", ["—"] = "--", ["…"] = "...",
}

function Str(word)
  local text = word.text:gsub(utf8.charpattern, plain)
  if text ~= word.text then
    return pandoc.Str(text)
  end
end
