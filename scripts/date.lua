-- SPDX-License-Identifier: MIT
-- When it was published: sets `date`, and `updated` when the page says that it was changed later.
--
-- Evidence, strongest first:
--   1. a date that the document has in its own fields (left as it is)
--   2. datePublished of the article in JSON-LD
--   3. meta elements that mean nothing else: article:published_time, dcterms.created, parsely-pub-date, …
--   4. datePublished in microdata, and time elements with a class or property that says so
--   5. meta elements that may mean another day: date, dc.date, …
--   6. the only day that the page's time elements name
-- Dates in the running text are events, not the day of publication. Values are RFC 3339, with the zone as written.

-- Under pandoc the shared module lies beside this script.
if package then
  package.path = (PANDOC_SCRIPT_FILE:match "^(.*/)" or "./") .. "?.lua;" .. package.path
end
local news = require "news"

local sure_names = {
  'article:published_time', 'og:article:published_time', 'article:published', 'og:published_time', 'datepublished',
  'parsely-pub-date', 'sailthru.date', 'dcterms.created', 'dc.date.issued', 'dcterms.issued', 'dcterms.date',
  'publishdate', 'publish-date', 'publication_date', 'pubdate', 'article.published', 'rnews:datepublished',
  'cxenseparse:recs:publishtime', 'cxenseparse:publishtime', 'article_date_original', 'originalpublicationdate',
  'citation_publication_date', 'bt:pubdate', 'dc.created',
}
local vague_names = { 'date', 'dc.date', 'last-modified', 'citation_date', 'datecreated', 'created' }
local change_names = {
  'article:modified_time', 'og:updated_time', 'datemodified', 'dcterms.modified', 'dc.modified', 'article:modified',
}

-- ------------------------------------------------------------ reading a date

local months = {}
for number, name in ipairs { 'jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec' } do
  months[name] = number
end

local month_days = { 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 }

local function day_of(year, month, day)
  year, month, day = tonumber(year), tonumber(month), tonumber(day)
  if not (year and month and day) or year < 1900 or year > 2100 then return end
  if month < 1 or month > 12 or day < 1 or day > month_days[month] then return end
  return string.format('%04d-%02d-%02d', year, month, day)
end

-- The zone as RFC 3339 has it, '' if the text names none.
local function zone_of(text)
  if text:match '^%s*Z' or text:match '^%s*UTC' or text:match '^%s*GMT' then return 'Z' end
  local sign, hours, minutes = text:match '^%s*([+-])(%d%d):?(%d%d)'
  if not sign then
    sign, hours = text:match '^%s*([+-])(%d%d)$'
    minutes = '00'
  end
  return sign and sign .. hours .. ':' .. minutes or ''
end

local function time_of(text)
  local hours, minutes, rest = text:match '^[T%s]+(%d%d?):(%d%d)(.*)$'
  if not hours or tonumber(hours) > 23 or tonumber(minutes) > 59 then return '' end
  local seconds, after = rest:match '^:(%d%d)(.*)$'
  after = (after or rest):gsub('^[.,]%d+', '')
  return string.format('T%02d:%s:%s', tonumber(hours), minutes, seconds or '00') .. zone_of(after)
end

-- RFC 3339, from the forms that pages use; nil for anything else.
local function read_date(text)
  text = news.trim(text)
  local year, month, day, rest = text:match '^(%d%d%d%d)[-/.](%d%d?)[-/.](%d%d?)(.*)$'
  if not year then year, month, day, rest = text:match '^(%d%d%d%d)(%d%d)(%d%d)(.*)$' end
  if not year then
    local name
    day, name, year, rest = text:match '^%a*,?%s*(%d%d?)%s+(%a%a%a)%a*%s+(%d%d%d%d)(.*)$'
    if not name then name, day, year, rest = text:match '^%a*,?%s*(%a%a%a)%a*%.?%s+(%d%d?),?%s+(%d%d%d%d)(.*)$' end
    month = name and months[name:lower()]
  end
  local date = day_of(year, month, day)
  return date and date .. time_of(rest)
end

-- ------------------------------------------------------------ what the page says

local function first_date(facts, names)
  for _, name in ipairs(names) do
    for _, fact in ipairs(news.named(facts, name)) do
      local date = read_date(fact.value)
      if date then return date, name end
    end
  end
end

-- Time elements that say they hold the day of publication.
local function marked_time(facts)
  for _, fact in ipairs(facts) do
    local name = fact.name:lower()
    local means = name:find 'publi' or name:find 'pubdate' or name:find 'entry%-date' or name:find 'posted'
    local date = fact.syntax == 'time' and means and not name:find 'updat' and read_date(fact.value)
    if date then return date, 'time ' .. fact.name end
  end
end

-- The day of the time elements if all name the same one; the earliest time on it.
local function only_time(facts)
  local found
  for _, fact in ipairs(facts) do
    local date = fact.syntax == 'time' and read_date(fact.value)
    if date then
      if found and found:sub(1, 10) ~= date:sub(1, 10) then return end
      if not found or #date > #found then found = date end
    end
  end
  return found, 'time'
end

local function data_date(data, key)
  local value = data and data[key]
  return type(value) == 'string' and read_date(value) or nil, 'json-ld ' .. key
end

-- ------------------------------------------------------------ the decision

local function decide_date(doc, facts, data)
  for _, step in ipairs {
    { 0.95, data_date, data, 'datePublished' }, { 0.9, first_date, facts, sure_names }, { 0.8, marked_time, facts },
    { 0.7, first_date, facts, vague_names }, { 0.6, only_time, facts },
  } do
    local date, evidence = step[2](step[3], step[4])
    if date then
      news.set(doc, 'date', date, evidence, step[1])
      return date
    end
  end
end

local function decide_update(doc, facts, data, date)
  local update, evidence = data_date(data, 'dateModified')
  if not update then update, evidence = first_date(facts, change_names) end
  if update and update:sub(1, 16) > date:sub(1, 16) then news.set(doc, 'updated', update, evidence, 0.9) end
end

function Pandoc(doc)
  local facts = news.facts(doc)
  local data = news.article_data(facts)
  local date = doc.meta.date and news.text(doc.meta.date) or decide_date(doc, facts, data)
  if date and not doc.meta.updated then decide_update(doc, facts, data, date) end
  return doc
end
