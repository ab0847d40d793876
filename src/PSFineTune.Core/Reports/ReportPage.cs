using System.Security.Cryptography;
using System.Text;
using PSFineTune.Reports.Sections;

namespace PSFineTune.Reports;

/// <summary>A report as one HTML file that asks for nothing: style, script and pictures are in it, and it tells the browser to run no other script and to load nothing.</summary>
static class ReportPage
{
    static readonly ReportSection[] s_sections =
    [
        new Verdicts(), new Sections.Comparison(), new DataUsed(), new Plan(), new Curves(), new ConfusionMatrix(), new Classes(), new Slices(), new Mistakes(), new Trust(), new Origin(), new Repeat(),
    ];

    static readonly Html s_style = Html.Resource("report.css"), s_script = Html.Resource("report.js");

    // The browser compares it with what stands between the tags, to the byte.
    static readonly string s_policy = $"default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(s_script.ToString())))}'; base-uri 'none'; form-action 'none'";

    public static string Of(Report report)
    {
        var sections = s_sections.Select(section => (section, Html: section.Whole(report))).Where(one => !one.Html.IsEmpty).ToList();
        return Html.Of($"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="{s_policy}">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="referrer" content="no-referrer">
            <meta name="generator" content="PSFineTune">
            <title>{report.Title}</title>
            <style>
            {s_style}</style>
            </head>
            <body>
            <header>
            <p class="kind">Fine-tuning report</p>
            <h1>{Html.Name(report.Title)}</h1>
            <nav aria-label="Sections"><ul>{sections.Select(one => Html.Of($"<li><a href=\"#{one.section.Id}\">{one.section.Heading}</a></li>"))}</ul></nav>
            </header>
            <main>
            {sections.Select(one => one.Html)}</main>
            <footer><p>{report.Judged}</p></footer>
            <script>{s_script}</script>
            </body>
            </html>

            """).ToString().ReplaceLineEndings("\n");
    }
}
