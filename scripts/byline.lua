-- SPDX-License-Identifier: MIT
-- Who wrote it: sets `author` (names) and `byline` (the line as it stands), and takes the line out of the body.
--
-- Evidence, strongest first:
--   1. an author that the document names in its own fields (left as it is; the line is still taken out)
--   2. the article's author in JSON-LD
--   3. a line of its own: at the top, behind the headline, or as the last line ("By X and Y", "By X, Agency")
--   4. meta elements and links: author, article:author, dc.creator, rel=author, …
-- A line that is not surely a byline stays where it is: a name too few is better than a wrong one.

-- Under pandoc the shared module lies beside this script.
if package then
  package.path = (PANDOC_SCRIPT_FILE:match "^(.*/)" or "./") .. "?.lua;" .. package.path
end
local news = require "news"

local longest_line = 160        -- characters of a byline
local story_paragraph = 200     -- a paragraph this long is story: the top is over
local top_lines = 4

local openings = {
  'By ', 'BY ', 'by ', 'By: ', 'Written by ', 'Words by ', 'Story by ', 'Text by ', 'Report by ', 'Posted by ',
  'Published by ', 'Von ', 'VON ', 'Veröffentlicht von ', 'Eingestellt von ', 'Par ', 'PAR ', 'Publié par ', 'Por ',
  'POR ', 'Publicado por ', 'Di ', 'Door ', 'Av ',
}

local function after_opening(text)
  for _, opening in ipairs(openings) do
    if text:sub(1, #opening) == opening then return text:sub(#opening + 1) end
  end
end

local roles = {
  'reporter', 'correspondent', 'editor', 'writer', 'columnist', 'analyst', 'staff', 'news', 'press', 'agency', 'desk',
  'contributor', 'redakteur', 'korrespondent', 'journalist', 'bureau', 'producer', 'times', 'post', 'tribune',
}

local function is_role(text)
  local lower = text:lower()
  for _, role in ipairs(roles) do
    if lower:find(role, 1, true) then return true end
  end
  return news.agency(text) ~= nil
end

-- The part of the line that can hold names: before a bar, a dash or a place.
local function name_part(text)
  for _, cut in ipairs { ' | ', ' – ', ' — ', ' - ', ' • ', ' · ', ' in ', ' at ', ' for ' } do
    local at = text:find(cut, 1, true)
    if at then text = text:sub(1, at - 1) end
  end
  return (text:gsub('%s*[.,]$', ''))
end

-- Names, or an agency, if the text is a byline: {names=, agency=}.
local function read_line(text)
  if #text > longest_line then return end
  local rest = after_opening(text)
  if not rest or rest == '' then return end
  local names, others, several = news.split_names(name_part(rest))
  while not several and #names > 1 do others:insert(1, names:remove()) end -- "By X, Harbour Courier"
  for _, other in ipairs(others) do
    if not is_role(other) and not (#names > 0 and news.is_name(other)) then return end
  end
  if #names > 0 then return { names = names } end
  if #others == 1 and news.agency(others[1]) then return { names = names, agency = others[1] } end
end

-- The byline among the paragraphs: at the top or at the end.
local function find_line(doc)
  local first, last = news.paragraphs(doc, top_lines, 1)
  for _, paragraph in ipairs(first) do
    if #paragraph.text >= story_paragraph then break end
    local found = read_line(paragraph.text)
    if found then return paragraph, found, 'line at the top' end
  end
  local found = #first > 1 and read_line(last[1].text)
  if found then return last[1], found, 'last line' end
end

-- ------------------------------------------------------------ what the page says

local function clean_name(text)
  text = news.trim(text)
  return news.trim(after_opening(text) or text)
end

-- Names that are new to the list, and not the publisher's own.
local function add_names(list, text, publisher)
  local names = news.split_names(clean_name(text))
  for _, name in ipairs(names) do
    if not list:includes(name) and name ~= publisher then list:insert(name) end
  end
end

-- A field that is the name of a person may hold what a line of text may not: one word, or a name in another script.
local function add_person(list, text, publisher)
  local before = #list
  add_names(list, text, publisher)
  local name = clean_name(text)
  local new = #list == before and name ~= publisher and not list:includes(name)
  if new and news.is_field_name(name) and not news.agency(name) then
    list:insert(name)
  end
end

local function names_in_data(data, publisher)
  local list = pandoc.List {}
  for _, author in ipairs(news.data_authors(data)) do
    if author.type == 'Person' then
      add_person(list, author.name, publisher)
    elseif not author.type then
      add_names(list, author.name, publisher)
    end
  end
  return list
end

-- Each of these is the name of facts and their syntax; nil: whichever. What stands once for a page comes first; marks
-- in the text come last and count only when they agree, for teasers and comments have authors too.
local fact_names = {
  { 'author', 'meta' }, { 'article:author' }, { 'article:author_name' }, { 'parsely-author' }, { 'sailthru.author' },
  { 'dc.creator' }, { 'dcterms.creator' }, { 'dc.creator.name' }, { 'byl' }, { 'byline', 'meta' },
  { 'citation_author' },
}
local most_values = 50
local marks = { { 'author', 'microdata' }, { 'author', 'rel' }, { 'byline', 'class' }, { 'author', 'class' } }

-- The names in all facts of that name, and how many facts had one.
local function collect_names(facts, wanted, publisher)
  local list, values, seen = pandoc.List {}, 0, {}
  for _, fact in ipairs(news.named(facts, wanted[1])) do
    local same = not wanted[2] or fact.syntax == wanted[2]
    if same and not fact.value:find '://' and not seen[fact.value] then
      local before = #list
      seen[fact.value] = true
      add_names(list, fact.value, publisher)
      if #list > before then values = values + 1 end
      if values == most_values then break end
    end
  end
  return list, values
end

local function names_in_facts(facts, publisher)
  for _, wanted in ipairs(fact_names) do
    local list = collect_names(facts, wanted, publisher)
    if #list > 0 then return list, wanted[1], 0.85 end
  end
  for _, wanted in ipairs(marks) do
    local list, values = collect_names(facts, wanted, publisher)
    if #list > 0 and values <= 2 and #list <= 4 then return list, wanted[2] .. ' ' .. wanted[1], 0.7 end
  end
  return pandoc.List {}
end

-- ------------------------------------------------------------ the decision

local function take_out(doc, line)
  news.remove(doc, line.index)
  news.lifted('byline', line.text)
end

local function decide_authors(doc, found, where)
  local facts = news.facts(doc)
  local publisher = news.publisher(facts)
  local data = names_in_data(news.article_data(facts), publisher)
  local said, name, sure = names_in_facts(facts, publisher)
  if #data > 0 then
    news.set(doc, 'author', data, 'json-ld author', 0.95)
  elseif found and #found.names > 0 then
    news.set(doc, 'author', found.names, where, 0.9)
  elseif #said > 0 then
    news.set(doc, 'author', said, name, sure)
  end
end

-- Whether the author that was given is not whom the line names. Then the line must not be printed
-- in the author's place.
local function differs(author, names)
  local given = author and news.text(author)
  for _, name in ipairs(names) do
    if given and not given:find(name, 1, true) then return true end
  end
  return given and #names == 0
end

function Pandoc(doc)
  local line, found, where = find_line(doc)
  local other = found and differs(doc.meta.author, found.names)
  if not doc.meta.author then decide_authors(doc, found, where) end
  if line then
    if not doc.meta.byline and not other then news.set(doc, 'byline', line.text, where, 0.9) end
    take_out(doc, line)
  end
  return doc
end
