using PSFineTune.Data;
using PSFineTune.Models;
using PSFineTune.Training;

namespace PSFineTune.Packaging;

/// <summary>A model that has learned, wherever it is kept: what cmdlets make of their -Model.</summary>
sealed class TrainedModel
{
    readonly Func<byte[]> _weights;

    TrainedModel(ModelPackage described, Func<byte[]> weights) => (Described, _weights) = (described, weights);

    public ModelPackage Described { get; }

    /// <summary>Of a run, of a package or its path, of a run's id or folder.</summary>
    /// <exception cref="FineTuneException">NotAModel, NoSuchRun, RunHasNoWeights, or the package is damaged.</exception>
    public static TrainedModel From(object model, string workspace) => model switch
    {
        RunRecord run => Of(run),
        ModelPackage package => Of(ModelPackage.Open(package.Path)),
        string path when File.Exists(path) => Of(ModelPackage.Open(path)),
        string folder when File.Exists(Path.Combine(folder, "record.json")) => Of(new RunFolder(folder).Record),
        string path when path.EndsWith(".psft", StringComparison.OrdinalIgnoreCase) => throw Fault.CannotRead(path, new FileNotFoundException("There is no such file.")),
        string id => Of(RunFolder.Find(workspace, id).Record),
        _ => throw Fault.NotAModel(model),
    };

    public Predictor NewPredictor()
    {
        if (Described.Plan.Model is not NetworkSpec network) throw Fault.NotAModel(Described.Path);
        var classifier = network.Build(Described.Classes.Count, seed: 0);
        classifier.Load(PretrainedWeights.Read(new MemoryStream(_weights()), Described.Path, network), keepHead: false);
        return new ImagePredictor(classifier, Described.Preprocessing, Described.Classes.Count);
    }

    public Prediction Predict(Scored scored, int top) => Prediction.Of(scored.Source, scored.Scores!, Described, top);

    /// <summary>The data a run was trained from.</summary>
    public Dataset OwnData(string workspace, CancellationToken cancel) =>
        Described.Plan.Dataset?.Open(workspace, cancel) ?? throw Fault.NoSamples("of its own", Described.Path);

    public void Export(string path, string? labelDataFile) =>
        ModelPackage.Write(path, Described with { LabelData = labelDataFile is null ? Described.LabelData : LabelTable.Read(labelDataFile, Described.Classes) }, _weights());

    static TrainedModel Of(RunRecord run)
    {
        var checkpoint = Checkpoint.Newest(new(run.Path));
        return new(new()
        {
            Path = run.Path, Model = run.Plan.Model?.Name ?? "", Classes = run.Classes, Preprocessing = run.Plan.Preprocessing!, Plan = run.Plan,
            Accuracy = run.Epochs.Count > 0 ? run.Epochs[^1].Accuracy : double.NaN, WeightsHash = run.WeightsHash, Created = run.Finished ?? run.Started,
        }, () => File.ReadAllBytes(Path.Combine(checkpoint, Checkpoint.WeightsName)));
    }

    static TrainedModel Of((ModelPackage Package, byte[] Weights) opened) => new(opened.Package, () => opened.Weights);
}
