namespace PSFineTune.Reports;

/// <summary>One part of the page. A section says nothing of what the report does not know.</summary>
abstract class ReportSection
{
    /// <summary>Of the address, lower-case letters.</summary>
    public abstract string Id { get; }

    public abstract string Heading { get; }

    /// <summary>Empty leaves the section out.</summary>
    public abstract Html Body(Report report);

    public Html Whole(Report report) => Body(report) is { IsEmpty: false } body
        ? Html.Of($"""
            <section id="{Id}" aria-labelledby="{Id}-title">
            <h2 id="{Id}-title">{Heading}</h2>
            {body}
            </section>

            """)
        : Html.Empty;

    /// <summary>The same for each of the runs that has it, under its name where there are two.</summary>
    protected static Html EachRun(Report report, Func<ReportedRun, int, Html> part) => Html.Of(report.Runs.Select((run, index) => part(run, index) is not { IsEmpty: false } said ? Html.Empty
        : report.Other is null ? said : Html.Of($"""<div class="side"><h3>{RunName(run, index)}</h3>{said}</div>""")));

    /// <summary>With the mark that it has in curves.</summary>
    protected static Html RunName(ReportedRun run, int index) => Html.Of($"""<span class="mark s{index}" aria-hidden="true"></span>{Html.Name(run.Name)}""");

    /// <summary>What is long, behind a button where a script makes one; on paper, and without a script, it is there.</summary>
    protected static Html Fold(string label, Html content) => Html.Of($"""<div class="fold" data-label="{label}">{content}</div>""");

    /// <summary>A table in a box of its own, which scrolls where it is too wide.</summary>
    protected static Html Scrolled(string label, Html table) => Html.Of($"""<div class="scroll" role="group" tabindex="0" aria-label="{label}">{table}</div>""");

    protected static Html Terms(IEnumerable<(string Name, Html Value)> rows) =>
        Html.Of($"""<dl class="terms">{rows.Where(row => !row.Value.IsEmpty).Select(row => Html.Of($"<div><dt>{row.Name}</dt><dd>{row.Value}</dd></div>"))}</dl>""");

    protected static Html Text(string? text) => string.IsNullOrEmpty(text) ? Html.Empty : Html.Of($"{text}");
}
