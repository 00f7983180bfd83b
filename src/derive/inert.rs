//! Which files beside a text are copied: those in which nothing can run in the site's name, whatever a host says of them. A file may
//! be a stranger's, and who links to it means to show it.

/// What a browser makes of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Nature {
    /// It shows, plays or saves it.
    Inert,
    /// A drawing: a picture in a page, and a page with scripts where it is opened by itself.
    Drawing,
    /// It runs what is in it, or a host does, or reads its settings from it.
    Active,
    /// Nobody can tell: a host gives it some type, or none, and then the browser guesses.
    Unknown,
}

/// Endings of what is shown, played or saved. XML and all that is made of it is missing on purpose: a browser runs scripts in it.
#[rustfmt::skip]
const INERT: &[&str] = &[
    // pictures
    "png", "jpg", "jpeg", "jpe", "jfif", "gif", "webp", "avif", "apng", "bmp", "ico", "tif", "tiff", "heic", "heif", "jxl", "jp2",
    "dng", "cr2", "nef", "arw", "psd",
    // film and sound
    "mp4", "m4v", "webm", "ogv", "mov", "mkv", "avi", "mpg", "mpeg", "3gp", "wmv", "mp3", "m4a", "aac", "ogg", "oga", "opus", "wav",
    "flac", "weba", "amr", "aif", "aiff", "wma", "mid", "srt", "vtt", "sub",
    // texts and tables
    "txt", "text", "log", "md", "csv", "tsv", "tab", "json", "jsonl", "ndjson", "jsonld", "geojson", "topojson", "har", "yaml",
    "yml", "toml", "bib", "ris", "tex", "ics", "vcf", "eml", "msg", "mbox", "pst",
    // documents
    "pdf", "ps", "eps", "doc", "docx", "docm", "dot", "dotx", "odt", "ott", "rtf", "xls", "xlsx", "xlsm", "xlsb", "ods", "ppt",
    "pptx", "pps", "ppsx", "odp", "odg", "odf", "pages", "numbers", "key", "epub", "mobi", "azw3", "djvu", "djv", "dwg", "indd", "ai",
    // archives
    "zip", "gz", "tgz", "tar", "bz2", "tbz2", "xz", "txz", "7z", "zst", "rar", "warc", "wacz", "iso",
    // data
    "parquet", "feather", "arrow", "avro", "sqlite", "sqlite3", "db", "gpkg", "kmz", "shp", "shx", "dbf", "prj", "cpg", "nc", "h5",
    "hdf5", "mat", "npy", "npz", "sav", "dta", "rds", "rdata", "las", "laz", "ply", "stl", "obj", "glb", "bin", "dat", "mbtiles",
    "pmtiles",
    // proofs
    "asc", "sig", "sha256", "sha512", "md5", "ots", "tsr", "p7s", "pem", "crt",
    // letters
    "woff", "woff2", "ttf", "otf",
];

/// Parts of a name by which some hosts run a file, or take it for a page, wherever in the name they stand: `x.html.gz`, `x.php.png`.
const ACTIVE: &[&str] = &[
    "html", "htm", "xhtml", "xht", "shtml", "shtm", "mhtml", "mht", "svg", "svgz", "xml", "xsl", "xslt", "rdf", "rss",
    "atom", "mathml", "kml", "gpx", "js", "mjs", "cjs", "jsx", "ts", "wasm", "css", "swf", "hta", "jar", "class",
    "php", "php3", "php4", "php5", "php7", "php8", "phps", "pht", "phtml", "phar", "cgi", "pl", "py", "rb", "lua",
    "asp", "aspx", "ashx", "asmx", "cshtml", "jsp", "jspx", "cfm", "fcgi", "sh", "var",
];

/// Files by which hosts are told what to do with a site.
const OF_HOSTS: &[&str] = &[
    "_headers",
    "_redirects",
    "_routes.json",
    "_config.yml",
    "_config.yaml",
    "_config.toml",
    "netlify.toml",
    "vercel.json",
    "now.json",
    "staticwebapp.config.json",
    "web.config",
    "firebase.json",
    "cname",
];

impl Nature {
    /// Of a file, by its name.
    pub(super) fn of(path: &str) -> Self {
        let name = path.rsplit('/').next().unwrap_or(path).to_lowercase();
        if OF_HOSTS.contains(&&*name) {
            return Self::Active;
        }
        let parts: Vec<&str> = name.split('.').map(str::trim).skip(1).collect();
        let Some((ending, parts)) = parts.split_last() else { return Self::Unknown };
        match *ending {
            _ if parts.iter().any(|part| ACTIVE.contains(part)) => Self::Active,
            "svg" => Self::Drawing,
            ending if INERT.contains(&ending) => Self::Inert,
            ending if ACTIVE.contains(&ending) => Self::Active,
            _ => Self::Unknown,
        }
    }

    /// Why a file of this nature is not copied, and what to do: a message and a help.
    pub(super) fn told(self, path: &str) -> (String, String) {
        let name = path.rsplit('/').next().unwrap_or(path);
        let by_hand = format!("if it is your own work, put it into `static/` and link to `/{name}`");
        match self {
            Self::Drawing => (
                format!("`{path}` is a drawing, which can hold scripts: pages show it, and do not lead to it"),
                format!("show it: `![what it shows]({name})`; or, {by_hand}"),
            ),
            Self::Unknown => (
                format!("`{path}` is not copied: nobody can tell what a browser makes of such a file"),
                format!("put it into a ZIP, or give it the ending of what it is; or, {by_hand}"),
            ),
            _ => (
                format!("`{path}` is not copied: what is in it could run as a part of this site"),
                format!("show a picture or a PDF of it, or put it into a ZIP; or, {by_hand}"),
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Nature;

    #[test]
    fn a_file_is_what_any_part_of_its_name_says() {
        for (path, expected) in [
            ("content/a/scan.PDF", Nature::Inert),
            ("content/a/report.v1.2.pdf", Nature::Inert),
            ("content/a/data.csv.gz", Nature::Inert),
            ("content/a/Mr. Smith.jpg", Nature::Inert),
            ("content/a/map.svg", Nature::Drawing),
            ("content/a/map.SVG", Nature::Drawing),
            ("content/a/evil.svgz", Nature::Active),
            ("content/a/evil.html", Nature::Active),
            ("content/a/evil.html.gz", Nature::Active),
            ("content/a/evil.php.png", Nature::Active),
            ("content/a/evil.html.svg", Nature::Active),
            ("content/a/evil.html .txt", Nature::Active),
            ("content/a/Web.Config", Nature::Active),
            ("content/vercel.json", Nature::Active),
            ("content/x.wasm", Nature::Active),
            ("content/track.gpx", Nature::Active),
            ("content/README", Nature::Unknown),
            ("content/x.", Nature::Unknown),
            ("content/x.pdf.", Nature::Unknown),
            ("content/x.foo", Nature::Unknown),
            ("content/x.html.de", Nature::Active),
        ] {
            assert_eq!(Nature::of(path), expected, "{path}");
        }
    }
}
