-- SPDX-License-Identifier: MIT
-- Headings of the second level and below become a bold line of their own.
-- Runs in newsconv and in pandoc: newsconv feature.html -L short-headings.lua -o feature.docx

function Header(heading)
  if heading.level == 1 then
    return nil
  end
  return pandoc.Para { pandoc.Strong(heading.content) }
end
