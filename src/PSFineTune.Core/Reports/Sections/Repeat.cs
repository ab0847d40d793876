using System.Globalization;
using PSFineTune.Data;

namespace PSFineTune.Reports.Sections;

/// <summary>How to get these numbers again.</summary>
sealed class Repeat : ReportSection
{
    public override string Id => "repeat";

    public override string Heading => "How to repeat it";

    public override Html Body(Report report) => EachRun(report, (run, _) => Html.Of($"""
        {(run.IsPackage || run.Record.Id.Length == 0 ? Html.Empty : Html.Of($"""
        <p>Where the run lies, this trains it again and compares every step and the weights, bit for bit:</p>
        {Code("The run, trained again", $"Test-FineTuneRun {Quoted(run.Record.Id)} -Reproduce")}
        """))}
        <p>{(run.IsPackage ? "The same measures, from the package and the data:" : "The same plan, from the data:")}</p>
        {Code("Commands", string.Join('\n', Lines(report, run)))}
        """));

    static IEnumerable<string> Lines(Report report, ReportedRun run)
    {
        var plan = run.Record.Plan;
        if (!run.IsPackage)
        {
            // A run's plan knows how its data are read, and what is left out of them.
            yield return $"$run = (Get-FineTuneRun {Quoted(run.Record.Id)}).Plan | Invoke-FineTune{(run.Record.Threads > 0 ? string.Create(CultureInfo.InvariantCulture, $" -Threads {run.Record.Threads}") : "")}";
            yield return $"$run.WeightsHash -eq {Quoted(run.Record.WeightsHash)}    # True where the weights are the same";
            yield return $"Measure-FineTuneModel $run -Split {report.Split}";
            yield break;
        }
        if (plan.Dataset is { } data)
        {
            yield return $"{(data is TextDatasetReference ? "$data = Import-TextDataset" : "$data = Import-ImageDataset")} {Quoted($"./{data.Root}")}{Split(data)}";
            if (data.Fingerprint.Length > 0) yield return $"$data.Fingerprint -eq {Quoted(data.Fingerprint)}    # True where the data are the same";
        }
        yield return $"Measure-FineTuneModel {Quoted("./model.psft")} -Dataset $data -Split {report.Split}";
    }

    static string Split(DatasetReference data) => string.Create(CultureInfo.InvariantCulture,
        $" -ValidationFraction {data.ValidationFraction}{(data.TestFraction > 0 ? $" -TestFraction {data.TestFraction.ToString(CultureInfo.InvariantCulture)}" : "")}{(data.GroupPattern is { } pattern ? $" -GroupPattern {Quoted(pattern)}" : "")} -Seed {data.Seed}");

    // As PowerShell reads it: nothing in single quotes means anything but two of them, and it takes four typographic ones for the same.
    static string Quoted(string text) => $"'{string.Concat(text.Select(letter => letter is '\'' or >= '\u2018' and <= '\u201B' ? $"{letter}{letter}" : char.IsControl(letter) ? " " : $"{letter}"))}'";

    static Html Code(string label, string code) => Html.Of($"""<pre tabindex="0" role="group" aria-label="{label}"><code>{code}</code></pre>""");
}
