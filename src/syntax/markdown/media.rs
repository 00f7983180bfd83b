//! What a file shows, by its ending.

/// What is to be done with a file that a text shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Medium {
    /// It is seen.
    Picture,
    /// It is played.
    Film,
    /// It is played, and nothing is seen.
    Sound,
    /// It is opened by itself: a page can only lead to it.
    Document,
}

/// Endings by what files with them show. Which of these a browser can play is its own affair.
const ENDINGS: &[(Medium, &[&str])] = &[
    (Medium::Film, &["mp4", "m4v", "webm", "ogv", "mov", "mkv", "avi", "mpg", "mpeg", "3gp"]),
    (Medium::Sound, &["mp3", "m4a", "aac", "ogg", "oga", "opus", "wav", "flac", "weba"]),
    (
        Medium::Document,
        &[
            "pdf", "doc", "docx", "odt", "rtf", "xls", "xlsx", "ods", "csv", "tsv", "ppt", "pptx", "odp", "txt", "md",
            "html", "htm", "zip", "epub", "json", "xml", "eml",
        ],
    ),
];

impl Medium {
    /// Of the file at an address or path. What has no known ending is taken for a picture, as it is written.
    pub fn of(target: &str) -> Self {
        let path = target.split(['?', '#']).next().unwrap_or_default();
        let name = path.rsplit('/').next().unwrap_or_default();
        let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
        let known = ENDINGS.iter().find(|(_, endings)| endings.iter().any(|known| known.eq_ignore_ascii_case(ending)));
        known.map_or(Self::Picture, |(medium, _)| *medium)
    }
}

#[cfg(test)]
mod tests {
    use super::Medium;

    #[test]
    fn a_file_shows_what_its_ending_says() {
        for (target, expected) in [
            ("a.png", Medium::Picture),
            ("a.b/c", Medium::Picture),
            ("clip.MP4", Medium::Film),
            ("../a/call.mp3?x#t=3", Medium::Sound),
            ("scan.pdf", Medium::Document),
        ] {
            assert_eq!(Medium::of(target), expected, "{target}");
        }
    }
}
