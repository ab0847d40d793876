using System.Globalization;

namespace PSFineTune.Reports.Sections;

/// <summary>What the numbers hang on: software, machine, and hashes of all that went in and came out.</summary>
sealed class Origin : ReportSection
{
    public override string Id => "origin";

    public override string Heading => "Environment and hashes";

    public override Html Body(Report report) => Html.Of($"""
        {EachRun(report, (run, _) => Terms(
        [
            ("Run", Code(run.Record.Id)),
            ("Began", Text(At(run.Record.Started))),
            ("Ended", Text(run.Record.Finished is { } end ? At(end) : null)),
            ("Resumed", Text(run.Record.Resumes > 0 ? Figures.Of(run.Record.Resumes, "time") : null)),
            ("Software and processor", Text(run.Record.Environment)),
            ("Device", Text(run.IsPackage ? null : run.Record.Plan.Device)),
            ("Threads", Text(run.Record.Threads > 0 ? Figures.Count(run.Record.Threads) : null)),
            ("Seed", Text(run.Record.Plan.Seed.ToString(CultureInfo.InvariantCulture))),
            ("Most memory", Text(run.Record.Epochs.Select(epoch => epoch.PeakMemory).DefaultIfEmpty().Max() is > 0 and var most ? Figures.Bytes(most) : null)),
            ("Plan, SHA-256", Code(run.PlanHash)),
            ("Data, fingerprint", Code(run.Record.Plan.Dataset?.Fingerprint)),
            ("Weights it started from", Code(run.Record.Plan.WeightsSha256)),
            ("Weights it ended with", Code(run.Record.WeightsHash)),
        ]))}
        {(report.DataFingerprint.Length > 0 && report.DataFingerprint != report.Run.Record.Plan.Dataset?.Fingerprint ? Html.Of($"<p>The judged data have another fingerprint: <code>{report.DataFingerprint}</code></p>") : Html.Empty)}
        """);

    static Html Code(string? text) => string.IsNullOrEmpty(text) ? Html.Empty : Html.Of($"<code>{text}</code>");

    // A package knows no beginning.
    static string? At(DateTimeOffset time) => time == default ? null : time.ToUniversalTime().ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);
}
