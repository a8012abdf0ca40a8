-- SPDX-License-Identifier: MIT
-- Which language: sets `lang` by the little words of the text, where the document does not say it itself.
-- Decided only when there is enough text and one language is well ahead of the others.

-- Under pandoc the shared module lies beside this script.
if package then
  package.path = (PANDOC_SCRIPT_FILE:match "^(.*/)" or "./") .. "?.lua;" .. package.path
end
local news = require "news"

local least_words = 40          -- of text
local least_share = 0.12        -- of them little words of the language
local lead = 1.6                -- times as many as the next language
local bytes_read = 20000

local little_words = {
  en = 'the of and to in is that was for it with as his on be '
    .. 'at by had not are but from have they which were their has said will',
  de = 'der die und in den von zu das mit sich des auf für ist im dem '
    .. 'nicht ein eine als auch es an werden aus er hat dass sie nach wird bei',
  fr = 'de la le et les des en un du une que est pour qui dans '
    .. 'a par plus pas au sur ne se sont avec il ce mais été elle ont',
  es = 'de la que el en y a los se del las un por con no una su para es al lo como más pero sus le ya fue ha este',
  pt = 'de a o que e do da em um para com não uma os no se na por mais as dos como mas ao ele das tem foi são',
  it = 'di e il la che in a per un del è non sono una con le si da dei al nel come più alla ha della gli anche ma',
  nl = 'de van het een en in is dat op te zijn met voor niet '
    .. 'aan er om ook als dan maar bij uit nog door over hij wordt',
  sv = 'och i att det som en på är av för med den till har de inte om ett men var sig så vi från han hade under',
  da = 'og i at det er en til på af for den de med som har ikke et der var om fra men vi han havde sig blev',
  no = 'og i det er på til som en å for av at med har de ikke den om et var fra men vi seg han ble også',
  pl = 'w i z na do że się nie jest to o jak po za od przez oraz dla który są ale co był tym także jego',
  cs = 'a v se na je že s z o do to i za by jak ale po od pro jsou které byl jeho který také podle',
  fi = 'ja on ei se että oli hän mutta ovat kun joka myös sen mukaan ole kuin tai niin jo jos',
  tr = 've bir bu da de için ile olarak olan daha çok gibi en ne sonra kadar ama olduğu dedi',
  ru = 'и в не на что с по как к из у за '
    .. 'от о для это его но был также года он до при',
  uk = 'і в не на що з як до за у та '
    .. 'про це від для його але був також року він при',
  id = 'yang dan di untuk dengan pada ini dari dalam tidak itu akan adalah oleh juga telah ke sebagai',
}

-- How often each word stands in the text, and how many words there are.
local function count_words(text)
  local counts, total = {}, 0
  for word in text:gmatch '[^%s%p%d]+' do
    counts[word] = (counts[word] or 0) + 1
    total = total + 1
  end
  return counts, total
end

-- How many words of the text are little words of each language.
local function score(text)
  local words, total = count_words(text)
  local scores = {}
  for language, list in pairs(little_words) do
    local sum = 0
    for word in list:gmatch '%S+' do sum = sum + (words[word] or 0) end
    scores[language] = sum
  end
  return scores, total
end

function Pandoc(doc)
  if doc.meta.lang then return end
  local counts, words = score(pandoc.text.lower(news.opening(doc, bytes_read)))
  local order = {}
  for language in pairs(counts) do order[#order + 1] = language end
  table.sort(order, function(a, b) return counts[a] > counts[b] or (counts[a] == counts[b] and a < b) end)
  local best, next_best = order[1], order[2]
  if words < least_words or counts[best] < words * least_share then return end
  if counts[best] < counts[next_best] * lead then return end
  news.set(doc, 'lang', best, counts[best] .. ' of ' .. words .. ' words are little words of it', 0.9)
  return doc
end
