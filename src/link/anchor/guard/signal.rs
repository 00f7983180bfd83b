//! Words that turn a statement into another one, in French and English.
//!
//! They are few and short, so an edit distance does not see them: "two" for "three", "not", "north" for "south". In other
//! languages only digits, names and the distance guard.

/// None may come, go or change: numbers in words, negation, comparison.
const FIXED: &str = "
two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen
twenty thirty forty fifty sixty seventy eighty ninety hundred hundreds thousand thousands million millions billion
billions dozen dozens half third thirds quarter quarters twice double triple first second fourth fifth sixth seventh
eighth ninth tenth
deux trois quatre cinq sept huit neuf dix onze douze treize quatorze quinze seize vingt vingts trente quarante cinquante
soixante septante huitante nonante cent cents mille millier milliers milliard milliards dizaine dizaines douzaine
quinzaine vingtaine trentaine cinquantaine centaine centaines moitié tiers quart quarts premier première deuxième
seconde troisième quatrième cinquième sixième septième huitième neuvième dixième
not never no none nor neither without ne pas jamais aucun aucune sans ni non rien
more less fewer most least plus moins
";

/// Each line is a set of opposites or alternatives between `|`: one of them may be added or left out, none replaced by
/// another. A word that ends with `*` stands for all that start so.
const OPPOSED: &[&str] = &[
    "january janvier|february février|march mars|april avril|may mai|june juin|july juillet|august août|\
     september septembre|october octobre|november novembre|december décembre",
    "monday lundi|tuesday mardi|wednesday mercredi|thursday jeudi|friday vendredi|saturday samedi|sunday dimanche",
    "north northern nord|south southern sud|east eastern|west western ouest",
    "left gauche|right droite",
    "spring printemps|summer été|autumn automne|winter hiver",
    "morning matin|noon midi|afternoon|evening soir|night nuit",
    "yesterday hier|today aujourd|tomorrow demain",
    "last previous dernier dernière derniers dernières précédent*|next prochain*",
    "minute*|hour* heure*|day days jour jours|week* semaine*|month* mois|year* ans année*|decade* décennie*",
    "metre metres mètre mètres m|kilometre* kilomètre* km|hectare*|kilo kilos kg|tonne*",
    "€ euro euros|$ dollar dollars|£ pound pounds",
    "before avant|after après",
    "for pour|against contre",
    "above over|below under",
    "up|down",
    "in|out",
    "with avec|without sans",
    "all tous toutes|some certains certaines quelques|many beaucoup nombreux nombreuses|few peu",
    "man men homme hommes|woman women femme femmes|child children enfant enfants",
    "increas* rise* rose risen rising grew grow* hausse augment*|decreas* fall* fell drop* declin* baiss* diminu* recul*",
    "open* ouver* ouvr* rouv* reopen*|clos* shut* ferm*",
    "approv* accept* adopt* endors* approuv*|reject* refus* oppos* rejet* repouss*",
    "confirm*|deny denie* denial* démen* nie nient nié",
    "won win* gagn* remport*|lost lose* losing perd*",
    "buy* bought achet* achat*|sell* sold vend* vente*",
    "arriv* enter entered entré*|depart departs departed départ* quitt* sorti*",
    "kill* dead died tué* mort*|wound* injur* bless*",
    "begin* began begun start* commenc* début*|end ended ends finish* termin* achev*",
    "public publics publique*|private privé*",
    "legal* légal*|illegal* illégal*",
    "possible|impossible",
    "true vrai*|false faux fausse*",
    "new nouveau* nouvelle* nouvel|old ancien*",
    "large* big grand*|small* petit*",
    "high* haut*|low* bas basse*",
    "long|short*",
    "early|late",
    "minimum|maximum",
    "best meilleur*|worst pire*",
    "majority majorité|minority minorité",
];

/// Whether `passage` has the signal words of `quote`.
pub(super) fn same(quote: &str, passage: &str) -> bool {
    let (quote, passage) = (words(quote), words(passage));
    fixed(&quote) == fixed(&passage)
        && OPPOSED.iter().all(|set| !super::replaced(&members(set, &quote), &members(set, &passage), |a, b| a == b))
}

/// Words in lower case; `didn't` and `cannot` have a "not" in them, `n'a` a "ne".
fn words(text: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for word in super::words(text).filter(|word| *word != "'") {
        match word.to_lowercase().as_str() {
            "t" if words.last().is_some_and(|last| last.ends_with('n')) => words.push("not".to_owned()),
            "n" => words.push("ne".to_owned()),
            "cannot" => words.extend(["can".to_owned(), "not".to_owned()]),
            word => words.push(word.to_owned()),
        }
    }
    words
}

fn fixed(words: &[String]) -> Vec<&str> {
    words.iter().map(String::as_str).filter(|word| FIXED.split_ascii_whitespace().any(|fixed| fixed == *word)).collect()
}

/// Which member of the set each word is, for those that are one.
fn members(set: &str, words: &[String]) -> Vec<usize> {
    let is_member = |member: &str, word: &str| {
        member.split_ascii_whitespace().any(|pattern| match pattern.strip_suffix('*') {
            Some(stem) => word.starts_with(stem),
            None => word == pattern,
        })
    };
    words.iter().filter_map(|word| set.split('|').position(|member| is_member(member, word))).collect()
}

#[cfg(test)]
mod tests {
    use super::same;

    #[test]
    fn signal_words_may_not_be_replaced() {
        for (quote, passage, expected) in [
            ("the council will meet on Monday", "the council will meet again on Monday", true),
            ("the council will meet on Monday", "the council will meet on Tuesday", false),
            ("le quai nord sera fermé", "le quai sud sera fermé", false),
            ("le quai nord sera fermé", "le quai sera fermé", true),
            ("trois élus ont voté pour", "quatre élus ont voté pour", false),
            ("ils ont voté pour", "ils ont voté contre", false),
            ("he did not sign", "he didn't sign", true),
            ("he can't sign", "he cannot sign", true),
            ("he did not sign", "he did sign", false),
            ("Personne n'a été blessé", "Une personne a été blessée", false),
            ("Il ne l'a pas lu", "Il n'a pas lu", true),
            ("plus de 20 élus", "moins de 20 élus", false),
            ("la hausse des tarifs", "la baisse des tarifs", false),
            ("5 € par mois", "5 euros par mois", true),
            ("5 € par mois", "5 $ par mois", false),
        ] {
            assert_eq!(same(quote, passage), expected, "{quote} / {passage}");
        }
    }
}
