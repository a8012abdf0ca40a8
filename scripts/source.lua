-- SPDX-License-Identifier: MIT
-- Whom the report credits: sets `source`, a list in the order of the text.
--
-- Credited is who is named as having reported it:
--   1. a line of its own: "Source: X"; an agency in the byline, or as the article's author in JSON-LD
--   2. an agency in the dateline: "BERLIN (Reuters) -", "(AP) —"
--   3. "X reports, citing Y", "X reported", "citing Y", "according to Y", where X and Y are agencies, web sites or
--      news outlets by their name
-- Officials, studies and fact sheets are not sources in this sense, nor are outlets named in passing further down.

-- Under pandoc the shared module lies beside this script.
if package then
  package.path = (PANDOC_SCRIPT_FILE:match "^(.*/)" or "./") .. "?.lua;" .. package.path
end
local news = require "news"

local paragraphs_read = 6       -- credits stand at the beginning

-- ------------------------------------------------------------ who can be credited

local media_words = {
  'News', 'Times', 'Post', 'Herald', 'Tribune', 'Guardian', 'Journal', 'Daily', 'Press', 'TV', 'Telegraph', 'Gazette',
  'Observer', 'Independent', 'Radio', 'Broadcasting', 'Media', 'Newspaper', 'Chronicle', 'Zeitung', 'Agency',
}
local known_outlets = {
  BBC = true, CNN = true, NBC = true, CBS = true, ABC = true, CNBC = true, NPR = true, Politico = true, Axios = true,
  Bloomberg = true, Forbes = true, Bild = true, Spiegel = true, ['Der Spiegel'] = true, ['Deutsche Welle'] = true,
  ['Le Monde'] = true, ['Le Figaro'] = true, ['El País'] = true, ['Corriere della Sera'] = true, ['Al Jazeera'] = true,
}

local function is_site(text)
  return text:match '^%u?[%w-]+%.%a%a+$' ~= nil and text:find '%a' ~= nil
end

-- The name to set for what is credited, nil if it is no outlet.
local function outlet(text)
  text = news.trim(text):gsub("['’]s$", '')
  local agency = news.agency(text) or news.agency((text:gsub(' news agency$', '')))
  if agency then return agency end
  local bare = text:gsub('^[Tt]he ', '')
  if is_site(text) or known_outlets[bare] then return text end
  for word in bare:gmatch '%S+' do
    if not word:match '^[%u\xC3-\xDF]' and word ~= 'of' and word ~= 'the' then return end
  end
  for _, word in ipairs(media_words) do
    if (' ' .. bare .. ' '):find(' ' .. word .. ' ', 1, true) and bare:find ' ' then return text end
  end
end

-- ------------------------------------------------------------ where credits stand

-- Names are found from a verb backwards (who reports) or from a preposition onwards (who is cited).
local reporting = { 'reports', 'reported', 'writes', 'wrote' }
local citing = { 'citing', 'according to', 'with reference to', 'cited by', 'reported by', 'as reported by' }

-- The capitalised words that end right before position `at`.
local function name_before(text, at)
  local words = {}
  local before = text:sub(math.max(1, at - 100), at - 1):gsub('%s+$', '')
  if before:find '[,;:]$' then return end
  for word in before:reverse():gmatch '%S+' do
    word = word:reverse()
    if not word:match '^[%u\xC3-\xDF%d]' and word ~= 'of' and word ~= 'news' and word ~= 'agency' then break end
    if word:find '[,;:]$' or (word:find '[.!?]$' and #words > 0) then break end
    table.insert(words, 1, word)
    if #words == 5 then break end
  end
  return words
end

-- The capitalised words that begin at position `at`.
local function name_after(text, at)
  local words = {}
  for word in text:sub(at, at + 100):gmatch '%S+' do
    local bare = word:gsub('[,;:!?]+$', ''):gsub('%.$', ''):gsub('["”’)]+$', '')
    local small = bare == 'the' or bare == 'of' or bare == 'news' or bare == 'agency'
    if not small and not bare:match '^[%u\xC3-\xDF]' then break end
    words[#words + 1] = bare
    if bare ~= word or #words == 6 then break end
  end
  return words
end

-- The longest run of these words that is an outlet; from_end: it must reach the last word, else the first.
local function longest_outlet(words, from_end)
  for length = #words, 1, -1 do
    local first = from_end and #words - length + 1 or 1
    local name = outlet(table.concat(words, ' ', first, first + length - 1))
    if name then return name end
  end
end

local function credits_in(text, add)
  local hits = {}
  for _, verb in ipairs(reporting) do
    for at, past in text:gmatch('()%f[%a]' .. verb .. '%f[%A]()') do
      local words = name_before(text, at)
      local name = words and longest_outlet(words, true)
      if name then hits[#hits + 1] = { at = at, name = name, phrase = name .. ' ' .. verb } end
    end
  end
  for _, phrase in ipairs(citing) do
    for at, past in text:gmatch('()%f[%a]' .. phrase .. ' ()') do
      local name = longest_outlet(name_after(text, past), false)
      if name then hits[#hits + 1] = { at = at, name = name, phrase = phrase .. ' ' .. name } end
    end
  end
  table.sort(hits, function(a, b) return a.at < b.at end)
  for _, hit in ipairs(hits) do add(hit.name, '“' .. hit.phrase .. '”', 0.8) end
end

-- "CITY, March 3 (Reuters) - ", "(AP) — "
local function dateline_agency(text)
  local head = text:sub(1, 90)
  local name, behind = head:match '^[^()]*%(([%u][%w .-]*)%)%s*(.*)$'
  if name and (behind:match '^[-–—]' or behind:match '^\xE2\x80[\x93\x94]') then return news.agency(name) end
end

-- "Source: Reuters"
local function add_source_line(text, add)
  if #text > 80 then return end
  local said = text:match '^Source: (.*)$' or text:match '^SOURCE: (.*)$' or text:match '^Quelle: (.*)$'
  local name = said and outlet(said)
  if name then add(name, 'line “' .. text .. '”', 0.95) end
end

-- ------------------------------------------------------------ the decision

local function agencies_in(text, add)
  for part in (text .. ','):gsub(' and ', ','):gsub('[|–—/]', ','):gsub('^By ', ''):gmatch '([^,]*),' do
    local name = news.agency(news.trim(part))
    if name then add(name, 'byline', 0.9) end
  end
end

function Pandoc(doc)
  if doc.meta.source then return end
  local list, evidence, confidence = pandoc.List {}, {}, 1
  local function add(name, why, sure)
    if not list:includes(name) then
      list:insert(name)
      evidence[#evidence + 1] = why
      confidence = math.min(confidence, sure)
    end
  end
  for _, author in ipairs(news.data_authors(news.article_data(news.facts(doc)))) do
    local name = news.agency(author.name)
    if name then add(name, 'json-ld author', 0.9) end
  end
  if doc.meta.byline then agencies_in(news.text(doc.meta.byline), add) end
  local first, last = news.paragraphs(doc, paragraphs_read, 2)
  for i, paragraph in ipairs(first) do
    local agency = i <= 2 and dateline_agency(paragraph.text)
    if agency then add(agency, 'dateline', 0.95) end
    if i <= 2 then add_source_line(paragraph.text, add) end
    credits_in(paragraph.text, add)
  end
  for i = #last, 1, -1 do add_source_line(last[i].text, add) end
  if #list == 0 then return end
  news.set(doc, 'source', list, table.concat(evidence, ', '), confidence)
  return doc
end
