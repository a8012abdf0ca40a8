-- SPDX-License-Identifier: MIT
-- What the news scripts share: the text of blocks, what a page says of itself, names, agencies, and setting a decision.
--
-- Values are set as inlines, lists as lists of inlines: so JSON, templates and every writer see the same shape that
-- pandoc gives to metadata from a YAML block.

local news = {}

-- ------------------------------------------------------------ text

function news.trim(text)
  return (text:gsub('%s+', ' '):gsub('^ ', ''):gsub(' $', ''))
end

function news.text(element)
  return news.trim(pandoc.utils.stringify(element))
end

local longest = 4000            -- bytes of a block that are looked at: it may be a whole file
local longest_line = 1000       -- bytes of a line or field that can hold names

-- The beginning of a block's text.
function news.beginning(block)
  if newsconv then return news.trim(newsconv.beginning(block, longest)) end
  return news.trim(pandoc.utils.stringify(block):sub(1, longest))
end

-- The first paragraphs of a document and the last ones, outermost blocks only: two lists of {index=, text=}. The second
-- begins with the last.
function news.paragraphs(doc, first, last)
  if newsconv then
    local top, bottom = newsconv.paragraphs(doc, first, last, longest)
    for _, list in ipairs { top, bottom } do
      for _, paragraph in ipairs(list) do paragraph.text = news.trim(paragraph.text) end
    end
    if top then return top, bottom end
  end
  local blocks = doc.blocks
  local function collect(from, to, step, most)
    local list = {}
    for index = from, to, step do
      local block = blocks[index]
      if #list == most then break end
      if block.t == 'Para' or block.t == 'Plain' then
        list[#list + 1] = { index = index, text = news.beginning(block) }
      end
    end
    return list
  end
  return collect(1, #blocks, 1, first), collect(#blocks, 1, -1, last)
end

-- The beginnings of the first blocks in one text, until there are more than that many bytes. Code is no text.
function news.opening(doc, bytes)
  local parts, size = newsconv and newsconv.texts(doc, bytes, longest), 0
  if parts then return table.concat(parts, ' ') end
  parts = {}
  for _, block in ipairs(doc.blocks) do
    local text = block.t == 'CodeBlock' and '' or news.beginning(block)
    parts[#parts + 1] = text
    size = size + #text
    if size > bytes then break end
  end
  return table.concat(parts, ' ')
end

-- Take the block at that index out of a document.
function news.remove(doc, index)
  if not (newsconv and newsconv.remove(doc, index)) then doc.blocks:remove(index) end
end

-- ------------------------------------------------------------ facts

-- What the page says of itself: a list of {syntax=, name=, value=}. Under pandoc they come with the metadata, where
-- newsconv --keep-facts put them under the key `facts`, "SYNTAX/NAME".
local known_facts               -- a state works on one document

function news.facts(doc)
  if known_facts then return known_facts end
  if newsconv then
    known_facts = newsconv.facts(doc)
    return known_facts
  end
  local list = {}
  for key, value in pairs(doc.meta.facts or {}) do
    local syntax, name = key:match '^([^/]*)/(.*)$'
    for _, one in ipairs(type(value) == 'table' and value or { value }) do
      list[#list + 1] = { syntax = syntax, name = name, value = pandoc.utils.stringify(one) }
    end
  end
  known_facts = list
  return list
end

local by_name

-- The facts of that name, in lower case; JSON-LD has no names.
function news.named(facts, name)
  if not by_name then
    by_name = {}
    for _, fact in ipairs(facts) do
      local key = fact.name:lower()
      local list = by_name[key] or {}
      if fact.syntax ~= 'json-ld' then list[#list + 1] = fact end
      by_name[key] = list
    end
  end
  return by_name[name] or {}
end

-- The first value that is not empty of the facts with one of these names, and the name. Earlier names win.
function news.fact(facts, names)
  for _, name in ipairs(names) do
    for _, fact in ipairs(news.named(facts, name)) do
      local value = news.trim(fact.value)
      if value ~= '' then return value, name end
    end
  end
end

local article_types = {
  Article = true, NewsArticle = true, ReportageNewsArticle = true, AnalysisNewsArticle = true,
  BackgroundNewsArticle = true, OpinionNewsArticle = true, ReviewNewsArticle = true, BlogPosting = true,
  LiveBlogPosting = true, SocialMediaPosting = true, Report = true,
}

local function is_article(object)
  local kind = object['@type']
  for _, one in ipairs(type(kind) == 'table' and kind or { kind }) do
    if article_types[one] then return true end
  end
  return false
end

local function find_article(facts)
  for _, fact in ipairs(facts) do
    local open = { fact.syntax == 'json-ld' and pandoc.json.decode(fact.value, false) or nil }
    local at = 1
    while at <= #open and at < 1000 do
      local object = open[at]
      at = at + 1
      if type(object) == 'table' then
        if is_article(object) then return object end
        for _, inner in ipairs(object) do open[#open + 1] = inner end
        for _, key in ipairs { '@graph', 'mainEntity', 'mainEntityOfPage' } do
          if type(object[key]) == 'table' then open[#open + 1] = object[key] end
        end
      end
    end
  end
end

local known_article

-- The first JSON-LD object that is an article. Objects may stand in lists, in @graph, in mainEntity(OfPage).
function news.article_data(facts)
  if known_article == nil then known_article = find_article(facts) or false end
  return known_article or nil
end

local most_authors = 50

-- The authors of a JSON-LD article: a list of {name=, type=}.
function news.data_authors(data)
  local list = {}
  local author = data and data.author
  if type(author) ~= 'table' or author.name then author = { author } end
  for _, one in ipairs(author) do
    if type(one) == 'string' then one = { name = one } end
    local name = type(one) == 'table' and one.name
    if type(name) == 'table' then name = name[1] end
    if #list == most_authors then break end
    if type(name) == 'string' then list[#list + 1] = { name = news.trim(name), type = one['@type'] } end
  end
  return list
end

-- The publisher's name, from JSON-LD or the page's head, and where it stands.
function news.publisher(facts)
  local data = news.article_data(facts)
  local publisher = data and data.publisher
  if type(publisher) == 'table' and publisher[1] then publisher = publisher[1] end
  local name = publisher
  if type(publisher) == 'table' then name = publisher.name end
  if type(name) == 'table' then name = name[1] end
  if type(name) == 'string' and news.trim(name) ~= '' then return news.trim(name), 'json-ld publisher' end
  return news.fact(facts, { 'og:site_name', 'application-name', 'dc.publisher', 'dcterms.publisher', 'publisher' })
end

-- ------------------------------------------------------------ names

local function set(words)
  local result = {}
  for word in words:gmatch '%S+' do result[word] = true end
  return result
end

local particles = set [[de da do dos das del della delle di du des der den dem van von zu zur la le al el bin ibn ben
bint ter ten te af av y e i und]]

-- Words that make a line something else than a person's name.
local no_names = set [[the a an and or of for with from staff editor editors editorial desk team news newsroom agency
correspondent reporter reporters writer writers press times post daily journal magazine media online today contributor
contributors guest special associated getty images photo updated published monday tuesday wednesday thursday friday
saturday sunday january february march april june july august september october november december redaktion
redaction redaccion redazione redakcja admin administrator webmaster company group international world
facebook twitter instagram youtube comment comments alle artikel beiträge fotos video videos share article articles all
more view posts]]

local function is_capitalised(word)
  local first = word:match('^' .. utf8.charpattern)
  return first and pandoc.text.lower(first) ~= first
end

-- Whether the text is a person's name as newspapers print it: two to five words, all but particles capitalised.
function news.is_name(text)
  local words, capitalised = 0, 0
  if #text > 60 or text:find '[%d@/:;!?()"<>|=+*#_%[%]{}\\]' then return false end
  for word in text:gmatch '%S+' do
    words = words + 1
    local bare = pandoc.text.lower(word):gsub('[.,]', '')
    if no_names[bare] then return false end
    if is_capitalised(word) then
      capitalised = capitalised + 1
    elseif not particles[word] and not word:match "^[dl]['’]" then
      return false
    end
    if word:match '%.$' and #bare > 3 then return false end
  end
  return words >= 2 and words <= 5 and capitalised >= 2
end

-- Whether a field for a person's name holds one, in whatever script: no address, number or general word.
function news.is_field_name(text)
  if text == '' or #text > 60 or text:find '[%d@/:;!?()"<>|=+*#_%[%]{}\\]' then return false end
  for word in pandoc.text.lower(text):gmatch '[^%s,]+' do
    if no_names[word] then return false end
  end
  return true
end

-- The text before and behind the last "and"; nil if there is none.
local function split_at_and(text)
  local last_start, last_end
  for _, word in ipairs { ' and ', ' & ', ' with ', ' und ', ' et ', ' AND ' } do
    local from, to = text:find(word, 1, true)
    while from do
      if not last_start or from > last_start then last_start, last_end = from, to end
      from, to = text:find(word, to, true)
    end
  end
  if last_start then return text:sub(1, last_start - 1), text:sub(last_end + 1) end
end

-- The names in "A, B and C"; what stands behind them (", The Paper") is returned as the second value, and whether there
-- was an "and" as the third.
function news.split_names(text)
  local names, rest = pandoc.List {}, pandoc.List {}
  local function add(part, may_be_name)
    part = news.trim(part)
    if part == '' then return end
    if may_be_name and #rest == 0 and news.is_name(part) then names:insert(part) else rest:insert(part) end
  end
  if #text > longest_line then return names, rest, false end
  local before, behind = split_at_and(text)
  while before and split_at_and(before) do
    local head, tail = split_at_and(before)
    before = head .. ', ' .. tail
  end
  for part in ((before or text) .. ','):gmatch '([^,;]*)[,;]' do add(part, true) end
  local first = true
  for part in ((behind or '') .. ','):gmatch '([^,;]*)[,;]' do
    add(part, first)
    first = false
  end
  return names, rest, behind ~= nil
end

-- ------------------------------------------------------------ agencies

-- Names under which news agencies are credited, each with the name to set.
local agencies = {
  ['reuters'] = 'Reuters', ['afp'] = 'AFP', ['agence france-presse'] = 'AFP', ['ap'] = 'AP',
  ['associated press'] = 'AP', ['dpa'] = 'dpa', ['tass'] = 'TASS', ['interfax'] = 'Interfax',
  ['ria novosti'] = 'RIA Novosti', ['xinhua'] = 'Xinhua', ['ansa'] = 'ANSA', ['efe'] = 'EFE', ['pti'] = 'PTI',
  ['ani'] = 'ANI', ['anadolu'] = 'Anadolu', ['anadolu agency'] = 'Anadolu', ['kyodo'] = 'Kyodo',
  ['yonhap'] = 'Yonhap', ['bloomberg'] = 'Bloomberg', ['apa'] = 'APA', ['belga'] = 'Belga', ['lusa'] = 'Lusa',
  ['ukrinform'] = 'Ukrinform', ['upi'] = 'UPI', ['ians'] = 'IANS', ['tt'] = 'TT', ['ntb'] = 'NTB',
  ['ritzau'] = 'Ritzau', ['pap'] = 'PAP', ['sid'] = 'SID', ['kna'] = 'KNA', ['epd'] = 'epd',
}

function news.agency(text)
  local bare = text:gsub('^[Tt]he ', ''):gsub('%.$', '')
  -- A short name in lower case is a word ("pap", "tt"), not an agency, unless the agency writes itself so.
  local name = agencies[bare:lower()]
  if name and (bare ~= bare:lower() or name == bare) then return name end
end

-- ------------------------------------------------------------ decisions

function news.inlines(text)
  return pandoc.Inlines(text)
end

-- Set a key, with the reason why.
function news.set(doc, key, value, evidence, confidence)
  local shown
  if type(value) == 'table' then
    local list = pandoc.List {}
    for _, one in ipairs(value) do list:insert(news.inlines(one)) end
    doc.meta[key], shown = list, table.concat(value, '; ')
  else
    doc.meta[key], shown = news.inlines(value), value
  end
  if newsconv then
    newsconv.decide { key = key, value = shown, evidence = evidence, confidence = confidence }
  end
end

-- Say that text has left the body.
function news.lifted(what, text)
  if newsconv then newsconv.lifted(what, text) end
end

return news
