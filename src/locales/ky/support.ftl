### Similar proposals, support, and proposals that are joined.

## Before a proposal is stored
similar = { $village } айылынан окшош сунуштар бар. Бирин колдойсузбу же өзүңүздүкүн жөнөтөсүзбү?
similar-item = { $number } · колдогондор: { $count }
similar-option = Колдойм: { $number }
similar-which = Кайсынысын колдойсуз? Төмөнкүдөн тандаңыз.
supported = Рахмат, колдооңуз кошулду. Сунуш: { $number }. Колдогондор: { $count }.
supported-files = Рахмат, колдооңуз кошулду. Сунуш: { $number }, колдогондор: { $count }. Өзүңүз жазган сунуш, анын сүрөтү же үнү да жөнөтүлгөн жок.
support-closed = Бул сунушту азыр колдоого болбойт. Ошондуктан өзүңүздүкүн жөнөтөбүз.
btn-send-own = Өзүмдүкүн жөнөтөм

## Supported ones among the own
my-list-supported = Сиз колдогон сунуштар: { $count }. Кайсынысын ачалы?
my-option-supported = Колдогонум: { $number } · { $status }
my-item-supporters = Колдогондор: { $count }
my-item-merged = Кошулган сунушу: { $target } · { $status }
btn-withdraw-support = Колдоону кайтарып алуу
support-withdrawn = Колдооңуз кайтарып алынды. Сунуш: { $number }. Колдогондор: { $count }.
mydata-supports = Колдогон сунуштарыңыздын саны: { $count }

## What is told of a merge
st-merged = Сунушуңуз окшош сунушка кошулду. Жаңы номери: { $target }. Колдогондор да кошо өттү.
st-merged-status = Сунушуңуз окшош сунушка кошулду. Жаңы номери: { $target }. Анын абалы: { $status }.
st-merged-supporter = Сиз колдогон { $number } сунушу окшош сунушка кошулду. Жаңы номери: { $target }. Колдооңуз да кошо өттү.
st-unmerged = Сунушуңуз кайра өз алдынча каралат. Номери мурдагыдай: { $number }. Колдогондор да өзүндө калды.
st-unmerged-alone = Сунушуңуз кайра өз алдынча каралат. Номери мурдагыдай: { $number }.
st-unmerged-supporter = Сиз колдогон сунуш кайра өз алдынча каралат. Номери: { $number }. Колдооңуз өз ордунда.
st-withdrawn-supporter = Сиз колдогон сунушту автору кайтарып алды. Номери: { $number }. Сизге да керек болсо, өзүңүз сунуш жазыңыз.

## Merging, for staff
merge-offer = Кайсы сунушка бириктиребиз? Тандаңыз же номерин жазыңыз.
merge-none = Окшош сунуш табылган жок. Кошула турган сунуштун номерин жазыңыз.
merge-unknown = Мындай номердеги сунуш табылган жок. Кайра жазыңыз.
merge-sure = { $from } сунушу { $into } сунушуна кошулат. Автор менен колдогондорго кабар барат. Бириктиребизби?
merge-other-village = Көңүл буруңуз: бул сунуштар эки башка айылдан.
merge-done = Бириктирилди. Эми номери: { $into }, колдогондор: { $count }.
merge-kept = Макул, эч нерсе өзгөргөн жок.
merge-refused-itself = Сунушту өзүнө бириктирүүгө болбойт.
merge-refused-closed = Бул сунуштун абалы бириктирүүгө жол бербейт.
merge-refused-hidden = Жашырылган сунушка бириктирүүгө болбойт.
merge-refused-elsewhere = Бул сунуш башка айыл аймагына тиешелүү.
merge-refused-test = Сыноо үчүн жазылган сунуш чыныгысы менен бириктирилбейт.
merge-refused-changed = Бул сунушту бирөө азыр эле өзгөрттү. Кайра карап көрүңүз.
unmerge-sure = { $number } сунушу { $into } сунушунан ажыратылат. Автор менен колдогондорго кабар барат. Ажыратабызбы?
unmerge-done = Ажыратылды. { $number } сунушу кайра өз алдынча каралат.
btn-merge = Бириктирүү
btn-unmerge = Ажыратуу
