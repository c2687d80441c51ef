//! Places for people: lines of one file stand behind its path.

/// `a.yaml:4, 9 and 3 more; b.md:2`, one text a file, in the order in which files are first named; of the lines of a file
/// at most `most` are named.
pub(super) fn by_file<Place: AsRef<str>>(places: &[Place], most: usize) -> Vec<String> {
    let mut files: Vec<(&str, Vec<&str>)> = Vec::new();
    for place in places.iter().map(AsRef::as_ref) {
        let line = place.rsplit_once(':').filter(|(_, line)| !line.is_empty() && line.bytes().all(|byte| byte.is_ascii_digit()));
        let (path, line) = line.map_or((place, None), |(path, line)| (path, Some(line)));
        match files.iter_mut().find(|(known, _)| *known == path) {
            Some((_, lines)) => lines.extend(line.filter(|line| *line != "0")),
            None => files.push((path, line.filter(|line| *line != "0").into_iter().collect())),
        }
    }
    files.into_iter().map(|(path, lines)| if lines.is_empty() { path.to_owned() } else { format!("{path}:{}", some_lines(&lines, most)) }).collect()
}

/// "4, 9, 12", of many the first and how many more.
fn some_lines(lines: &[&str], most: usize) -> String {
    let more = lines.len().saturating_sub(most);
    let shown = lines[..lines.len() - more].join(", ");
    if more == 0 { shown } else { format!("{shown} and {more} more") }
}

#[cfg(test)]
mod tests {
    use super::by_file;

    #[test]
    fn lines_of_a_file_stand_together() {
        assert_eq!(by_file(&["a.yaml:4", "b.md:2", "a.yaml:9", "c.pdf:0", "d.yaml, roles"], 9), ["a.yaml:4, 9", "b.md:2", "c.pdf", "d.yaml, roles"]);
        assert_eq!(by_file(&["a:1", "a:2", "a:3"], 2), ["a:1, 2 and 1 more"]);
    }
}
