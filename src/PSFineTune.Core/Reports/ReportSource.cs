using PSFineTune.Data;
using PSFineTune.Models;
using PSFineTune.Packaging;
using PSFineTune.Store;
using PSFineTune.Training;

namespace PSFineTune.Reports;

/// <summary>A run or package as it is found, and its model where there is one.</summary>
/// <param name="Record">Of the run, or what its package says of it.</param>
/// <param name="Model">Null where it has no weights.</param>
/// <param name="Flaw">Why there is no model.</param>
/// <param name="IsPackage">It was no run.</param>
sealed record ReportSource(RunRecord Record, TrainedModel? Model, FineTuneException? Flaw, bool IsPackage)
{
    /// <exception cref="FineTuneException">NoSuchRun, or a package that is damaged.</exception>
    public static ReportSource Open(object given, string workspace)
    {
        if (given is ModelPackage or PublishedModel || (given is string path && (StoreReference.Is(path) || File.Exists(path) || path.EndsWith(".psft", StringComparison.OrdinalIgnoreCase))))
        {
            var package = TrainedModel.From(given, workspace);
            return new(Described(package.Described), package, null, true);
        }
        var record = RunState.RecordOf(given, workspace);
        try
        {
            return new(record, TrainedModel.From(record, workspace), null, false);
        }
        catch (FineTuneException flaw)
        {
            return new(record, null, flaw, false);
        }
    }

    /// <summary>The data that it learned from, as they are now.</summary>
    /// <exception cref="FineTuneException">They are gone, or cannot be read.</exception>
    public Dataset OwnData(string workspace, IProgress<ImportProgress> progress, CancellationToken cancel) =>
        Model?.OwnData(workspace, progress, cancel) ?? Record.Plan.Dataset?.Open(workspace, progress, cancel) ?? throw Fault.NoOwnData(Record.Path, Record.Id, workspace);

    /// <summary>Its parameters; none of a machine, which is fitted at once and has no rates.</summary>
    public IReadOnlyList<ModelLayer> Layers() => Record.Plan.Model is null or TermModelSpec ? [] : [.. Record.Plan.LayerRows(["*"])];

    static RunRecord Described(ModelPackage package) => new()
    {
        Id = package.RunId, Plan = package.Plan, Classes = package.Classes, Epochs = package.Epochs, Accuracy = package.Accuracy,
        WeightsHash = package.WeightsHash, Finished = package.Created, ExitCode = 0, Path = package.Path, CodeAllowed = package.HoldsCode,
    };
}
