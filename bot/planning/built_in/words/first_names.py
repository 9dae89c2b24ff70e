"""First names by which people are called, and what stands before a name: only those that name nothing else."""

from __future__ import annotations

from bot.planning.built_in.words.vocabulary import word_set

__all__ = ["FAMILY", "FIRST_NAMES", "KIN", "NOUNS_TOO", "TITLES"]

FIRST_NAMES = word_set(
    "aaron abdul abigail adam adele adrian agnes agnieszka ahmed aisha alan albert alejandro alessandro alex "
    "alexander alexandra alfred ali alice alicia alina alison amanda amelia amina amir amy ana anastasia andre andrea "
    "andreas andrew andy angela anita anja anke ann anna annabel anne annette annie antje anton antonio arjun arne "
    "arthur aylin ayse barbara bastian beata beatrice beate ben benjamin bernd bernhard beth betty bettina birgit "
    "bjorn bob boris brenda brian bridget brigitte britta bruno carla carlo carlos carmen caroline catherine cecilia "
    "cem chiara chloe chris christa christina christine christoph christopher claire clara claudia colin connor craig "
    "cristina cynthia daniel daniela danny david deborah deepak denise dennis derek diana diego dieter dimitri dirk "
    "dmitri dominik donald dora doris dorothea doug eduardo edward eileen elena eleanor elias elif elisa elisabeth "
    "elizabeth elke ella ellen elsa emil emilia emily emma enrique eric erica erik erika ernst esther eva evelyn "
    "fatima fatma felix fernando fiona florian franz francesca francesco francois frederik fritz gabriel gabriela "
    "gareth gavin geoff georg george gerald gerd gerhard gisela giulia giuseppe gloria gordon graham greta gudrun "
    "guido gunther hakan hanna hannah hannes hans harald harriet hassan heidi heike heiko heinrich helen helena helga "
    "helmut henrik henry herbert hiroshi horst hugo ian ibrahim ida igor ilse ines inga ingrid irene irina isabel "
    "isabella ivan jacob jakob james jamie jana jane janet janina jason javier jeff jennifer jens jenny jeremy "
    "jessica jim jo joachim joan joanna johan johann johanna johannes john jonas jonathan jorge jose josef joseph "
    "joshua juan judith julia julian juliane julie jun jurgen jutta karen karin karl karsten kaspar kate katharina "
    "kathrin katja katrin kelly ken kerstin kevin klara klaus konrad kristin kumar kurt lars laura lauren lea leila "
    "lena leon leonie leroy lewis liam linda lisa liz lorenzo louis louisa louise luca lucas lucia lucy luis luisa "
    "lukas lydia magda magdalena maike manfred manuel manuela marc marcel marco marcus margaret margarete maria "
    "marianne marie marina mario marion markus marlene marta martha martin martina mary mathias matteo matthew "
    "matthias maureen maurice max maya megan mehmet melanie melissa mia michael michaela michelle miguel mike mila "
    "miriam mohammed mohamed monika moritz mustafa nadia nadine nancy natalia natalie natasha nathan neil niamh nick "
    "nico nicola nicolas nicole nigel nikolaus nils nina noah nora norbert oksana olaf oleg olga oliver olivia omar "
    "oscar oskar otto pablo pamela paola patricia patrick paul paula pavel pedro peter petra philip philipp phoebe "
    "pierre pieter priya rachel rahul raj ralf rebecca regina renate rene ricardo richard rita robert roberto rodrigo "
    "roger roland rolf ronald rosa rosalind rosie rudolf ruth ryan sabine sally sam samantha samuel sandra sara sarah "
    "sascha sebastian selma sergei sharon sheila shirley silke silvia simon simone sofia sonja sophia sophie stefan "
    "stefanie stephan stephanie stephen steve steven stuart susan susanne suzanne sven svetlana sylvia tamara tanja "
    "tanya tara tatjana ted teresa theo theodor theresa thomas thorsten tim timo tina tobias tom tomas tommy tony "
    "torsten trevor udo ulrich ulrike ursula ute uwe valentina valerie vanessa vera verena veronika vikram viktor "
    "vincent vladimir volker walter waltraud werner wilhelm willi wolfgang xavier yasmin yuki yusuf yvonne zara "
    "zeynep zoe"
)
"""First names that mean nothing else: "Rose", "Mark" and "Bill" are told by what is said around them."""
NOUNS_TOO = word_set(
    "rose bill mark grace hope june jack rob pat art iris lily daisy ivy ruby amber dawn joy faith holly sandy frank "
    "grant penny victor ray pearl carol christian cliff gene jean miles rod sue wade warren basil heather victoria "
    "florence"
)
"""First names that may mean something else."""
TITLES = r"(?:Mr|Mrs|Ms|Miss|Dr|Prof|Frau|Herr|Madame|Monsieur|Signora?|Aunt|Auntie|Uncle)\.?"
FAMILY = (
    r"(?:wife|husband|partner|mother|father|mum|mom|dad|sister|brother|daughter|son|aunt|uncle|cousin|niece|nephew|"
    r"grandmother|grandfather|grandma|grandpa|girlfriend|boyfriend|boss|friend|neighbou?r|mother-in-law|"
    r"father-in-law)"
)
KIN = rf"(?:{FAMILY}|colleague|sister-in-law|brother-in-law)"
"""Who somebody is to whoever speaks."""
