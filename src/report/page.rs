//! The policy of a page: nothing is fetched, and nothing runs or dresses it but what its own template wrote into it.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

/// Puts the policy at the beginning of a page's head. The style sheet and the script are named by their hashes, so that
/// an element or attribute that slipped through the escaping would still do nothing. A template of the user that states
/// a policy of its own keeps it.
pub(super) fn sealed(page: &str) -> String {
    const HEAD: &str = "<head>\n";
    let Some((before, after)) = page.split_once(HEAD) else { return page.to_owned() };
    if page.contains("http-equiv=\"Content-Security-Policy\"") {
        return page.to_owned();
    }
    let policy = format!(
        "default-src 'none'; style-src {}; script-src {}; img-src data:; base-uri 'none'; form-action 'none'",
        sources(page, "style"),
        sources(page, "script")
    );
    format!("{before}{HEAD}<meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">\n{after}")
}

/// Hashes of what stands in the elements of a name. Text from the repository is escaped, so each is a template's.
fn sources(page: &str, element: &str) -> String {
    let (opening, closing) = (format!("<{element}>"), format!("</{element}>"));
    let inside = page.split(&opening).skip(1).filter_map(|rest| rest.split_once(&closing).map(|(inside, _)| inside));
    let hashes: Vec<String> = inside.map(|inside| format!("'sha256-{}'", STANDARD.encode(Sha256::digest(inside.as_bytes())))).collect();
    if hashes.is_empty() { "'none'".to_owned() } else { hashes.join(" ") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_the_template_wrote_is_let_through() {
        let page = sealed("<html>\n<head>\n<style>p{}</style>\n</head><body><script>1</script></body></html>");
        assert!(page.contains("style-src 'sha256-"), "{page}");
        assert!(page.contains("script-src 'sha256-a4ayc/80/OGda4BO/1o/V0etpOqiLx1JwB5S3beHW0s='"), "{page}");
        assert!(page.starts_with("<html>\n<head>\n<meta http-equiv"));
    }

    #[test]
    fn a_page_without_a_script_allows_none_and_one_with_a_policy_keeps_it() {
        assert!(sealed("<head>\n</head>").contains("script-src 'none'"));
        let own = "<head>\n<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'self'\"></head>";
        assert_eq!(sealed(own), own);
    }
}
