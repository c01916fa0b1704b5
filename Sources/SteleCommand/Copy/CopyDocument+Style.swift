// SteleCommand · how the page of a copy looks.

extension CopyDocument {
    /// The style sheet. Its hash stands in the page's policy, so nothing else can style it.
    static let style = """
        :root{color-scheme:light dark;--ink:#1d2530;--soft:#5b6777;--line:#e3e7ec;--paper:#fbfaf7;--card:#fff;\
        --mark:#1f5f5b;--warn:#9a3412}
        @media(prefers-color-scheme:dark){:root{--ink:#e7eaee;--soft:#9aa6b5;--line:#2e3641;--paper:#151a20;\
        --card:#1c222a;--mark:#7cc5bf;--warn:#f3a683}}
        *{box-sizing:border-box}
        body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.55 system-ui,-apple-system,"Segoe UI",\
        Roboto,"Helvetica Neue",sans-serif}
        header,main{max-width:56rem;margin:0 auto;padding:0 1.25rem}
        header{padding-top:3rem}
        .kicker{margin:0;color:var(--mark);font-weight:600;letter-spacing:.02em}
        h1{margin:.2rem 0 1rem;font-size:2.4rem;line-height:1.15;letter-spacing:-.02em}
        h2{margin:0 0 .75rem;font-size:1.25rem;letter-spacing:-.01em}
        .count{margin-left:.5rem;color:var(--soft);font-weight:400}
        .facts{display:flex;flex-wrap:wrap;gap:.75rem 2rem;margin:0 0 1.25rem}
        dt{color:var(--soft);font-size:.8rem}
        dd{margin:0}
        .lead{max-width:44rem;color:var(--soft)}
        nav{display:flex;flex-wrap:wrap;gap:.5rem;margin:1.25rem 0 2rem}
        nav a{padding:.3rem .8rem;border:1px solid var(--line);border-radius:1rem;background:var(--card);\
        text-decoration:none;font-size:.9rem}
        a{color:var(--mark)}
        a:focus-visible,summary:focus-visible{outline:2px solid var(--mark);outline-offset:2px}
        section{margin:0 0 1.5rem;padding:1.25rem 1.5rem;border:1px solid var(--line);border-radius:.75rem;\
        background:var(--card)}
        .records{margin:0;padding:0;list-style:none}
        .records li{display:grid;grid-template-columns:8rem 1fr auto;gap:0 1rem;padding:.6rem 0;\
        border-top:1px solid var(--line)}
        .records li:first-child{border-top:0}
        time{color:var(--soft);font-size:.875rem;font-variant-numeric:tabular-nums;padding-top:.1rem}
        .title,.detail,.aside{margin:0;overflow-wrap:anywhere;unicode-bidi:isolate}
        .title a{text-decoration:none;font-weight:500}
        .title a:hover{text-decoration:underline}
        .title i{color:var(--warn);font-style:normal}
        .detail,.aside{color:var(--soft);font-size:.875rem}
        .aside{max-width:13rem;text-align:right}
        .ended{opacity:.6}
        .refused b{color:var(--warn)}
        details{margin-top:.35rem}
        summary{color:var(--mark);cursor:pointer;font-size:.875rem}
        pre{margin:.5rem 0;padding:.75rem 1rem;border-radius:.5rem;background:var(--paper);white-space:pre-wrap;\
        overflow-wrap:anywhere;font:.875rem/1.5 ui-monospace,SFMono-Regular,Menlo,monospace}
        @media(max-width:40rem){.records li{grid-template-columns:1fr}.aside{text-align:left;max-width:none}\
        h1{font-size:1.8rem}}
        @media print{body{background:#fff}nav{display:none}section{border:0;padding:0}details>pre{display:block}}
        """
}
