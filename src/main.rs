//! Turns a folder of articles and annotations into a linked dossier.

fn main() -> std::process::ExitCode {
    dossier::edge::cli::run()
}
