//! Turns a folder of articles and annotations into a linked dossier.

/// A page is made of many small pieces on all cores at once; the system's own allocator takes a fifth of a build for them.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    dossier::edge::cli::run()
}
