-- SPDX-License-Identifier: MIT
-- Who published it: sets `publisher`.
--
-- Evidence, strongest first: the publisher in the document's own fields (left as it is), the article's publisher in
-- JSON-LD, og:site_name, application-name, dc.publisher. The text itself says nothing sure.

-- Under pandoc the shared module lies beside this script.
if package then
  package.path = (PANDOC_SCRIPT_FILE:match "^(.*/)" or "./") .. "?.lua;" .. package.path
end
local news = require "news"

local names = { 'og:site_name', 'application-name', 'dc.publisher', 'dcterms.publisher', 'publisher' }

local function data_publisher(data)
  local publisher = data and data.publisher
  if type(publisher) == 'table' and publisher[1] then publisher = publisher[1] end
  local name = publisher
  if type(publisher) == 'table' then name = publisher.name end
  if type(name) == 'table' then name = name[1] end
  return type(name) == 'string' and news.trim(name) or nil
end

local function is_publisher(text)
  return text and text ~= '' and #text <= 100 and not text:find '://'
end

function Meta(meta)
  local doc = { meta = meta }
  if meta.publisher then return end
  local facts = news.facts(doc)
  local name, evidence = data_publisher(news.article_data(facts)), 'json-ld publisher'
  if not is_publisher(name) then name, evidence = news.fact(facts, names) end
  if not is_publisher(name) then return end
  news.set(doc, 'publisher', name, evidence, 0.9)
  return meta
end
