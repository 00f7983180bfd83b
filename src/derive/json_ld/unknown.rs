//! Where a source has no known publisher or author, editors say so in the place of the name: `Éditeur non établi`, `[unknown]`.
//! Readers are told what was written; to a program it would be an organisation of that name.

/// Words that say that nothing is known.
const UNKNOWN: &[&str] = &[
    "unknown",
    "unidentified",
    "unnamed",
    "established",
    "identified",
    "known",
    "none",
    "inconnu",
    "inconnue",
    "établi",
    "établie",
    "identifié",
    "identifiée",
    "connu",
    "connue",
    "aucun",
    "aucune",
    "sans",
    "desconocido",
    "desconocida",
    "desconhecido",
    "desconhecida",
    "identificado",
    "identificada",
    "establecido",
    "unbekannt",
    "unbekannter",
    "ignoto",
    "sconosciuto",
    "неизвестен",
    "неизвестный",
    "неизвестно",
    "установлен",
    "невідомий",
    "невідомо",
    "مجهول",
    "معروف",
    "bilinmiyor",
    "nieznany",
    "n.n",
    "s.n",
    "n.a",
];

/// Words that such a note may have beside these, and that alone would be a name.
const BESIDE: &[&str] = &[
    "publisher",
    "author",
    "source",
    "outlet",
    "origin",
    "not",
    "yet",
    "un",
    "no",
    "the",
    "éditeur",
    "auteur",
    "média",
    "origine",
    "non",
    "pas",
    "encore",
    "de",
    "d",
    "nom",
    "name",
    "editor",
    "autor",
    "autora",
    "fuente",
    "medio",
    "sin",
    "nombre",
    "não",
    "herausgeber",
    "verlag",
    "nicht",
    "редактор",
    "издатель",
    "автор",
    "источник",
    "не",
    "видавець",
    "джерело",
    "الناشر",
    "ناشر",
    "غير",
    "المصدر",
    "مصدر",
    "is",
    "est",
    "was",
];

/// Whether a text is somebody's name: not empty, not in brackets as a description is, and not a note that there is no name.
pub fn is_name(text: &str) -> bool {
    let text = text.trim();
    let described = text.starts_with('[') && text.ends_with(']');
    let words: Vec<String> = words(text);
    let says_nothing = words.iter().all(|word| is_among(word, UNKNOWN) || is_among(word, BESIDE))
        && words.iter().any(|word| is_among(word, UNKNOWN));
    !described && !words.is_empty() && !says_nothing
}

fn words(text: &str) -> Vec<String> {
    let pieces = text.split(|c: char| !c.is_alphanumeric() && c != '.');
    pieces.map(|piece| piece.trim_matches('.').to_lowercase()).filter(|piece| !piece.is_empty()).collect()
}

fn is_among(word: &str, words: &[&str]) -> bool {
    words.contains(&word)
}

#[cfg(test)]
mod tests {
    use super::is_name;

    #[test]
    fn a_note_that_there_is_no_name_is_none() {
        for note in [
            "Éditeur non établi",
            "Publisher not established",
            "[Le journal du parti]",
            "unknown",
            "Inconnu",
            "auteur non identifié",
            "?",
            "–",
            "",
            "Source not known",
            "S.n.",
            "Herausgeber unbekannt",
            "Издатель не установлен",
            "ناشر غير معروف",
            "pas encore identifié",
        ] {
            assert!(!is_name(note), "{note}");
        }
        for name in [
            "Reuters",
            "The Unknown Soldier Foundation",
            "Le Monde",
            "Source",
            "The Author",
            "وكالة الأنباء",
            "Anonymous",
            "Sans Frontières",
            "Non!",
        ] {
            assert!(is_name(name), "{name}");
        }
    }
}
