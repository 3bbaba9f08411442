//! The modules of a crate and who names whom: read from the sources with `syn`, so that comments and strings do not count.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use proc_macro2::{TokenStream, TokenTree};
use syn::visit::Visit;

use crate::metadata::root;

/// A module by its path inside the crate: `["messages", "send"]`; the root is empty.
pub(crate) type Module = Vec<String>;

/// The modules of one crate.
pub(crate) struct Crate {
    /// Each module with the modules that it names.
    pub(crate) uses: BTreeMap<Module, BTreeSet<Module>>,
}

impl Crate {
    /// Reads `<folder>/src`.
    pub(crate) fn read(folder: &str) -> Self {
        let mut files = BTreeMap::new();
        collect(&root().join(folder).join("src"), &mut Vec::new(), &mut files);
        let exports = files.iter().map(|(module, file)| (module.clone(), Exports::of(file))).collect();
        let names = Names { modules: files.keys().cloned().collect(), exports };
        let uses = files.iter().map(|(module, file)| {
            let mut paths = Paths { inside: 0, found: Vec::new() };
            paths.visit_file(file);
            let targets = paths.found.iter().filter_map(|path| names.resolve(module, path)).collect();
            (module.clone(), targets)
        });
        Self { uses: uses.collect() }
    }

    /// Modules that name each other, directly or around a corner. A module and those inside of it count as one family:
    /// they may name each other.
    pub(crate) fn circles(&self) -> Vec<Vec<Module>> {
        let mut circles = Vec::new();
        let mut done = BTreeSet::new();
        for start in self.uses.keys() {
            let mut way = Vec::new();
            self.walk(start, &mut way, &mut done, &mut circles);
        }
        circles
    }

    fn walk(
        &self,
        at: &Module,
        way: &mut Vec<Module>,
        done: &mut BTreeSet<Module>,
        circles: &mut Vec<Vec<Module>>,
    ) {
        if let Some(from) = way.iter().position(|one| one == at) {
            circles.push(way[from..].to_vec());
            return;
        }
        if done.contains(at) {
            return;
        }
        way.push(at.clone());
        for next in self.uses.get(at).into_iter().flatten() {
            if !at.starts_with(next) && !next.starts_with(at) {
                self.walk(next, way, done, circles);
            }
        }
        way.pop();
        done.insert(at.clone());
    }
}

fn collect(folder: &Path, inside: &mut Module, files: &mut BTreeMap<Module, syn::File>) {
    let entries = std::fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    for path in entries.map(|entry| entry.expect("an entry").path()) {
        let name = path.file_stem().and_then(|name| name.to_str()).expect("a name").to_owned();
        if path.is_dir() {
            inside.push(name);
            collect(&path, inside, files);
            inside.pop();
        } else if path.extension().is_some_and(|end| end == "rs") {
            let text = std::fs::read_to_string(&path).expect("a source");
            let file = syn::parse_file(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            let mut module = inside.clone();
            if !["lib", "main", "mod"].contains(&&*name) {
                module.push(name);
            }
            files.insert(module, file);
        }
    }
}

/// What other modules find in a module under which name.
#[derive(Default)]
struct Exports {
    own: BTreeSet<String>,
    /// Name to path, of `pub use`.
    renamed: BTreeMap<String, Vec<String>>,
    /// Paths of `pub use ...::*`.
    globs: Vec<Vec<String>>,
}

impl Exports {
    fn of(file: &syn::File) -> Self {
        let mut exports = Self::default();
        for item in &file.items {
            let name = match item {
                syn::Item::Const(item) => &item.ident,
                syn::Item::Enum(item) => &item.ident,
                syn::Item::Fn(item) => &item.sig.ident,
                syn::Item::Static(item) => &item.ident,
                syn::Item::Struct(item) => &item.ident,
                syn::Item::Trait(item) => &item.ident,
                syn::Item::Type(item) => &item.ident,
                syn::Item::Use(item) if !matches!(item.vis, syn::Visibility::Inherited) => {
                    let mut leaves = Vec::new();
                    flatten(&item.tree, Vec::new(), &mut leaves);
                    for (path, name) in leaves {
                        match name {
                            Some(name) => drop(exports.renamed.insert(name, path)),
                            None => exports.globs.push(path),
                        }
                    }
                    continue;
                }
                _ => continue,
            };
            exports.own.insert(name.to_string());
        }
        exports
    }
}

/// The leaves of a `use`: path, and under which name; `None` is a glob.
fn flatten(tree: &syn::UseTree, mut before: Vec<String>, leaves: &mut Vec<(Vec<String>, Option<String>)>) {
    match tree {
        syn::UseTree::Path(path) => {
            before.push(path.ident.to_string());
            flatten(&path.tree, before, leaves);
        }
        syn::UseTree::Group(group) => {
            group.items.iter().for_each(|item| flatten(item, before.clone(), leaves));
        }
        syn::UseTree::Name(name) => {
            before.push(name.ident.to_string());
            leaves.push((before, Some(name.ident.to_string())));
        }
        syn::UseTree::Rename(rename) => {
            before.push(rename.ident.to_string());
            leaves.push((before, Some(rename.rename.to_string())));
        }
        syn::UseTree::Glob(_) => leaves.push((before, None)),
    }
}

/// Paths that begin with `crate` or `super`, with how many `mod { }` blocks they stand in.
struct Paths {
    inside: usize,
    found: Vec<(usize, Vec<String>)>,
}

impl Paths {
    fn add(&mut self, path: Vec<String>) {
        if path.first().is_some_and(|first| first == "crate" || first == "super") {
            self.found.push((self.inside, path));
        }
    }

    fn tokens(&mut self, tokens: TokenStream) {
        let mut path = Vec::new();
        for token in tokens {
            match token {
                TokenTree::Ident(ident) => path.push(ident.to_string()),
                TokenTree::Punct(punct) if punct.as_char() == ':' => {}
                TokenTree::Group(group) => {
                    self.add(std::mem::take(&mut path));
                    self.tokens(group.stream());
                }
                _ => self.add(std::mem::take(&mut path)),
            }
        }
        self.add(path);
    }
}

impl<'ast> Visit<'ast> for Paths {
    fn visit_item_mod(&mut self, item: &'ast syn::ItemMod) {
        self.inside += 1;
        syn::visit::visit_item_mod(self, item);
        self.inside -= 1;
    }

    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        let mut leaves = Vec::new();
        flatten(&item.tree, Vec::new(), &mut leaves);
        leaves.into_iter().for_each(|(path, _)| self.add(path));
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        self.add(path.segments.iter().map(|segment| segment.ident.to_string()).collect());
        syn::visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, item: &'ast syn::Macro) {
        self.tokens(item.tokens.clone());
    }
}

struct Names {
    modules: BTreeSet<Module>,
    exports: BTreeMap<Module, Exports>,
}

impl Names {
    /// The module that a path of a module leads to; `None` if that is the module itself.
    fn resolve(&self, from: &Module, (inside, path): &(usize, Vec<String>)) -> Option<Module> {
        let mut at = if path[0] == "crate" { Vec::new() } else { from.clone() };
        let mut blocks = *inside;
        let rest: Vec<String> = path
            .iter()
            .filter(|part| {
                if *part == "super" {
                    if blocks > 0 { blocks -= 1 } else { drop(at.pop()) }
                }
                *part != "super" && *part != "crate"
            })
            .cloned()
            .collect();
        let target = self.follow(at, &rest, 0);
        (target != *from).then_some(target)
    }

    fn follow(&self, mut at: Module, rest: &[String], depth: usize) -> Module {
        let mut rest = rest;
        while let Some((first, more)) = rest.split_first() {
            let child: Module = at.iter().cloned().chain([first.clone()]).collect();
            if !self.modules.contains(&child) {
                break;
            }
            (at, rest) = (child, more);
        }
        let Some((name, more)) = rest.split_first() else { return at };
        let exports = &self.exports[&at];
        if depth > 8 || exports.own.contains(name) {
            return at;
        }
        if let Some(path) = exports.renamed.get(name) {
            return self.elsewhere(&at, path, more, depth);
        }
        for glob in &exports.globs {
            let module = self.elsewhere(&at, glob, &[], depth);
            if module != at && self.exports[&module].own.contains(name) {
                return module;
            }
        }
        at
    }

    fn elsewhere(&self, at: &Module, path: &[String], more: &[String], depth: usize) -> Module {
        let (start, path) = match path.split_first() {
            Some((first, path)) if first == "crate" => (Vec::new(), path),
            Some((first, path)) if first == "self" => (at.clone(), path),
            Some((first, path)) if first == "super" => (at[..at.len().saturating_sub(1)].to_vec(), path),
            // A path without `crate` is a child, or another crate: then nothing of ours is found.
            _ => (at.clone(), path),
        };
        let rest: Vec<String> = path.iter().chain(more).cloned().collect();
        self.follow(start, &rest, depth + 1)
    }
}
