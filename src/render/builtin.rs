//! The built-in templates and assets: part of the binary, so that it works anywhere.

/// Templates by name.
pub(super) const TEMPLATES: &[(&str, &str)] = &[
    ("404.html", include_str!("../../templates/404.html")),
    ("search.html", include_str!("../../templates/search.html")),
    ("card.html", include_str!("../../templates/card.html")),
    ("check.html", include_str!("../../templates/check.html")),
    ("list.html", include_str!("../../templates/list.html")),
    ("page.html", include_str!("../../templates/page.html")),
    ("redirect.html", include_str!("../../templates/redirect.html")),
    ("article.html", include_str!("../../templates/article.html")),
    ("bar.html", include_str!("../../templates/bar.html")),
    ("base.html", include_str!("../../templates/base.html")),
    ("components.html", include_str!("../../templates/components.html")),
    ("corrections.html", include_str!("../../templates/corrections.html")),
    ("data.html", include_str!("../../templates/data.html")),
    ("entity.html", include_str!("../../templates/entity.html")),
    ("event.html", include_str!("../../templates/event.html")),
    ("figure.html", include_str!("../../templates/figure.html")),
    ("foot.html", include_str!("../../templates/foot.html")),
    ("home.html", include_str!("../../templates/home.html")),
    ("links.html", include_str!("../../templates/links.html")),
    ("matrix.html", include_str!("../../templates/matrix.html")),
    ("print.html", include_str!("../../templates/print.html")),
    ("records.html", include_str!("../../templates/records.html")),
    ("source.html", include_str!("../../templates/source.html")),
    ("timeline.html", include_str!("../../templates/timeline.html")),
];

/// Style sheets, scripts and pictures, by name.
pub(super) const ASSETS: &[(&str, &[u8])] = &[
    ("dossier.css", include_bytes!("../../static/dossier.css")),
    ("article.css", include_bytes!("../../static/article.css")),
    ("records.css", include_bytes!("../../static/records.css")),
    ("icon.svg", include_bytes!("../../static/icon.svg")),
    ("cards.js", include_bytes!("../../static/cards.js")),
    ("notes.js", include_bytes!("../../static/notes.js")),
    ("search/find.js", include_bytes!("../../static/search/find.js")),
    ("search/key.js", include_bytes!("../../static/search/key.js")),
    ("search/page.js", include_bytes!("../../static/search/page.js")),
    ("search/search.css", include_bytes!("../../static/search/search.css")),
    ("search/words.js", include_bytes!("../../static/search/words.js")),
];
