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

local function is_publisher(text)
  return text and text ~= '' and #text <= 100 and not text:find '://'
end

function Meta(meta)
  local doc = { meta = meta }
  if meta.publisher then return end
  local name, evidence = news.publisher(news.facts(doc))
  if not is_publisher(name) then return end
  news.set(doc, 'publisher', name, evidence, 0.9)
  return meta
end
