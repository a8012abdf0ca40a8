-- SPDX-License-Identifier: MIT
-- Headings of the second level and below become a bold line at the head of the next paragraph.
-- Runs in newsconv and in pandoc: newsconv samples/island-winter.html -L samples/short-headings.lua -o winter.docx

function Header(heading)
  if heading.level == 1 then
    return nil
  end
  return pandoc.Para { pandoc.Strong(heading.content) }
end
