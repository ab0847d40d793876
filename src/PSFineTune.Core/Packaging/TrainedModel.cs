using PSFineTune.Comparison;
using PSFineTune.Data;
using PSFineTune.Models;
using PSFineTune.Packaging.Probes;
using PSFineTune.Packaging.Signing;
using PSFineTune.Store;
using PSFineTune.Text.Svm;
using PSFineTune.Text.Terms;
using PSFineTune.Training;

namespace PSFineTune.Packaging;

/// <summary>A model that has learned, wherever it is kept: what cmdlets make of their -Model.</summary>
sealed class TrainedModel
{
    readonly PackageContent _content;

    TrainedModel(PackageContent content) => _content = content;

    public ModelPackage Described => _content.Package;

    /// <summary>What it has besides weights, such as a vocabulary.</summary>
    public ModelParts Parts => ModelParts.OfModel(_content.Others);

    /// <summary>The package file that has exactly this model; null where it is in none.</summary>
    public string? PackagePath { get; private init; }

    /// <summary>Files besides its package that it needs, full path, which nothing may be written over: a run's weights, and the pretrained ones that it began with or is added to.</summary>
    public IEnumerable<string> Sources => new[] { _content.Weights.File, Described.BaseWeights, Described.Plan.Weights }.OfType<string>().Where(Path.IsPathRooted);

    /// <summary>What it is in a store; null where it is not from one.</summary>
    public PublishedModel? Published { get; private init; }

    /// <summary>Tells when the name that it was given by means another model; null where it was given otherwise.</summary>
    public ModelWatch? Watch { get; private init; }

    /// <summary>What predictions are averaged over; null for the plain view alone.</summary>
    public TestTimeAugmentation? Views { get; private init; }

    /// <summary>The same model that looks at samples so.</summary>
    /// <exception cref="FineTuneException">BadPlanSetting, InvalidOpSetting.</exception>
    public TrainedModel Seeing(TestTimeAugmentation? views) => new(_content) { PackagePath = PackagePath, Published = Published, Watch = Watch, Views = views?.For(Described.Plan) };

    /// <summary>The same model with other probabilities, see <see cref="ModelPackage.Temperature"/>; none of before is left of them.</summary>
    public TrainedModel At(double temperature) => new(_content with { Package = Described with { Temperature = temperature } }) { Views = Views };

    /// <summary>Of a run, of a package or its path, of a run's id or folder, of a store by store:name.</summary>
    /// <param name="model">As above.</param>
    /// <param name="workspace">Where runs are looked for by id.</param>
    /// <param name="choice">Which weights of a run; null for those that its plan keeps. A package has one set.</param>
    /// <param name="baseWeights">The file that an adapter package is added to, full path; null to look for it beside the package and in folders of weights.</param>
    /// <exception cref="FineTuneException">NotAModel, NoSuchRun, RunHasNoWeights, NotPublished, NoBaseWeights, OtherBaseWeights, or the package is damaged, expired, not trusted or another than when it was imported.</exception>
    public static TrainedModel From(object model, string workspace, ModelChoice? choice = null, string? baseWeights = null) => model switch
    {
        RunRecord run => Of(run, choice),
        ModelPackage package => At(package.Path, baseWeights ?? (package.BaseWeights.Length > 0 ? package.BaseWeights : null)) is var now && package.ManifestHash.Length > 0 && package.ManifestHash != now.Described.ManifestHash ? throw Fault.PackageChanged(package.Path) : now,
        PublishedModel published => new(PackageFile.Open(published.Path).Whole(baseWeights)) { PackagePath = published.Path, Published = published },
        string name when StoreReference.Is(name) && StoreReference.Parse(name) is var reference => Of(reference.StoreIn(workspace), reference.Name),
        string path when File.Exists(path) => At(path, baseWeights),
        string folder when File.Exists(Path.Combine(folder, RunFolder.RecordName)) => Of(new RunFolder(folder).Record, choice),
        string path when path.EndsWith(".psft", StringComparison.OrdinalIgnoreCase) => throw Fault.CannotRead(path, new FileNotFoundException("There is no such file.")),
        string id => Of(RunFolder.Find(workspace, id).Record, choice),
        _ => throw Fault.NotAModel(model),
    };

    /// <summary>What a name in a store means now.</summary>
    /// <exception cref="FineTuneException">NotPublished, or the store or the package is damaged.</exception>
    public static TrainedModel Of(ModelStore store, string name)
    {
        var (published, content) = store.Open(name);
        return new(content.Whole(null)) { PackagePath = published.Path, Published = published, Watch = new(store, published) };
    }

    public Predictor NewPredictor()
    {
        var predictor = (Described.Plan.Model ?? throw Fault.NotAModel(Described.Path)).NewPredictor(_content, Views);
        predictor.Temperature = Described.Temperature;
        return predictor;
    }

    /// <summary>It reads texts, not images.</summary>
    public bool IsText => Described.Plan.TextPipeline is not null;

    /// <summary>What a score means to the user.</summary>
    /// <param name="predictor">That scored.</param>
    /// <param name="scored">Without a fault.</param>
    /// <param name="top">How many classes to name.</param>
    /// <param name="terms">How many of the terms that decided about a text.</param>
    /// <param name="file">Where a text came from; null for no file.</param>
    public Prediction Predict(Predictor predictor, Scored scored, int top, int terms, string? file)
    {
        var prediction = Prediction.From(Described.Classes, scored.Scores, top, _content.LabelData) with { ModelVersion = Published?.Version };
        return !IsText ? prediction with { Path = scored.Item }
            : prediction with { Text = scored.Item, Path = file, Terms = terms == 0 ? [] : predictor.Explain(scored.Item, Array.IndexOf(scored.Scores!, scored.Scores!.Max()), terms) };
    }

    /// <summary>The terms that it learned.</summary>
    /// <exception cref="FineTuneException">NoTermModel; its parts are damaged.</exception>
    public TextVectorizer Terms() => Described.Plan is { Model: TermModelSpec, TextPipeline: { } pipeline }
        ? TextVectorizer.Load(pipeline, ModelParts.OfModel(_content.Others), Described.Path) : throw Fault.NoTermModel(Described.Model, "LinearSvm or Svm");

    /// <summary>Its support vectors.</summary>
    /// <exception cref="FineTuneException">NoTermModel; its weights are damaged.</exception>
    public SupportVectors Machine() => Described.Plan.Model is Svm svm && svm.Read(_content) is KernelTerms { Machine: var machine } ? machine : throw Fault.NoTermModel(Described.Model, "Svm");

    /// <summary>The data it was trained from, as they are now. A package does not say where they are; its run does, where that is in the workspace.</summary>
    /// <param name="workspace">Of runs and caches.</param>
    /// <param name="progress">Of reading files; called on the calling thread.</param>
    /// <param name="cancel">Checked for every file.</param>
    /// <param name="metadata">Columns of texts that must come with them, besides those of the plan.</param>
    /// <exception cref="FineTuneException">NoOwnData, or the data cannot be read.</exception>
    public Dataset OwnData(string workspace, IProgress<ImportProgress>? progress, CancellationToken cancel, IReadOnlyList<string>? metadata = null)
    {
        var known = Learned(workspace) ?? throw Fault.NoOwnData(Described.Path, Described.RunId, workspace);
        if (known is TextDatasetReference texts && metadata is { Count: > 0 })
            known = texts with { MetadataColumns = [.. texts.MetadataColumns.Union(metadata, StringComparer.OrdinalIgnoreCase)] };
        return known.Open(workspace, progress, cancel);
    }

    /// <summary>The same where only its validation samples will do.</summary>
    /// <exception cref="FineTuneException">NoOwnData, or the data cannot be read.</exception>
    public Dataset ValidationData(string workspace, IProgress<ImportProgress>? progress, CancellationToken cancel) =>
        Learned(workspace)?.Open(workspace, progress, cancel) ?? throw Fault.NoValidationData(Described.Path, Described.RunId, workspace);

    /// <summary>As <see cref="ModelPackage.WeightsHash"/>, of the weights as they are, whatever the description says of them; read anew each time.</summary>
    /// <exception cref="FineTuneException">InvalidSafetensors, PartDamaged, CannotRead.</exception>
    public string WeightsHash()
    {
        using var stream = _content.Weights.Open();
        return Classifier.HashOf(Safetensors.Read(stream, _content.Weights.Length, Described.Path).Tensors.Values.OrderBy(tensor => tensor.Name, StringComparer.Ordinal));
    }

    /// <summary>What its outputs come from, by SHA-256 of the bytes: its weights and the parts that it reads samples by, besides how it is built and prepares them. What a package merely says of itself is not in it.</summary>
    public string Key => string.Join('\n', [_content.Weights.Verified ?? _content.Weights.Sha256(),
        .. _content.Others.Where(part => part.Kind is not ("probe" or "probes") && !part.Name.StartsWith("training-", StringComparison.Ordinal) && !part.Name.StartsWith("validation-", StringComparison.Ordinal)).OrderBy(part => part.Name, StringComparer.Ordinal).Select(part => $"{part.Name} {part.Source.Verified ?? part.Source.Sha256()}"),
        PlanJson.Write(Described.Plan.Model), PlanJson.Write(Described.Preprocessing), PlanJson.Write(Described.Plan.TextPipeline?.WithoutFolders())]);

    /// <summary>The samples it learned from, as it keeps them; null where it is of a version that kept nothing.</summary>
    /// <exception cref="FineTuneException">DamagedTrainingHashes.</exception>
    public TrainingHashes? TrainingHashes => TrainingHashes.In(_content.Others, Described.Path);

    /// <summary>Whether these are not the data that the model learned from, though they should be.</summary>
    public bool IsOtherThanLearned(Dataset own) => Described.Plan.Dataset is { Fingerprint: { Length: > 0 } then } && then != own.Fingerprint;

    /// <summary>Of a package that is open.</summary>
    public static TrainedModel Of(PackageContent content) => new(content.Whole(null));

    /// <summary>What it is checked by on other machines; null where it has none.</summary>
    /// <exception cref="FineTuneException">BadProbes.</exception>
    public ProbeSet? Probes => ProbeSet.In(_content);

    /// <summary>It has probes, whole or not.</summary>
    public bool HasProbes => ProbeSet.IsIn(_content);

    /// <summary>The same with other probes, or with none.</summary>
    public TrainedModel Probed(ProbeSet? probes) => new(ProbeSet.Put(_content, probes)) { Views = Views };

    /// <summary>The same that is not opened any more after some time; null for no such time.</summary>
    public TrainedModel Until(DateTimeOffset? expires) => new(_content with { Package = Described with { Expires = expires?.ToUniversalTime() } }) { Views = Views };

    /// <param name="path">The package to write.</param>
    /// <param name="labelDataFile">A csv of label and other columns; null keeps what the model has.</param>
    /// <param name="key">Who signs it; null for no signature.</param>
    /// <param name="clock">Of the time of signing; null for the machine's.</param>
    /// <param name="adapterOnly">Without the weights that low-rank adaptation added to.</param>
    /// <exception cref="FineTuneException">NoAdapter; CannotWrite and the faults of the label data.</exception>
    public void Export(string path, string? labelDataFile, SigningKey? key = null, TimeProvider? clock = null, bool adapterOnly = false) =>
        PackageFile.Write(path, (labelDataFile is null ? _content : _content with { LabelData = LabelData.Read(labelDataFile, Described.Classes) }).For(adapterOnly), key, clock);

    // A package may come from anybody, and is not to choose what is read here.
    DatasetReference? Learned(string workspace) => Described is { ManifestHash: "", Plan.Dataset: { } own } && Path.IsPathRooted(own.Root) ? own
        : Described.RunId.Length > 0 && RunFolder.Exists(workspace, Described.RunId) ? RunFolder.Find(workspace, Described.RunId).Record.Plan.Dataset is { Root.Length: > 0 } there ? there : null : null;

    static TrainedModel At(string package, string? baseWeights) => new(PackageFile.Open(package).Whole(baseWeights)) { PackagePath = package };

    // What is said of the weights comes from their own checkpoint: the newest may be damaged, or newer than the run's record.
    static TrainedModel Of(RunRecord run, ModelChoice? choice)
    {
        var checkpoint = Checkpoint.Of(new(run.Path), run, choice ?? run.Plan.Keep);
        var then = Checkpoint.RecordOf(checkpoint) with { Finished = run.Finished };
        return new(new(ModelPackage.Of(then, then.Plan.Preprocessing) with { Path = run.Path }, PartSource.OfFile(Path.Combine(checkpoint, Checkpoint.WeightsName)))
        {
            Apart = () => Adapter.Of(run, checkpoint),
            Others = [.. ModelParts.In(new RunFolder(run.Path).PartsPath).All, .. TrainingHashes.PartsIn(run.Path)],
        });
    }
}
