using PSFineTune.Data;
using PSFineTune.Data.Texts;

namespace PSFineTune.Audit;

/// <summary>Looks for what is wrong with training data; no file is changed.</summary>
/// <param name="rules">What is asked, in that order.</param>
/// <param name="workspace">Folder of what rules remember.</param>
/// <param name="progress">Called on the thread that pulls.</param>
/// <param name="cancel">Checked for every sample.</param>
sealed class DataAudit(IReadOnlyList<AuditRule> rules, string workspace, IProgress<ImportProgress>? progress, CancellationToken cancel)
{
    /// <summary>The rules of these names, the gravest first; those that take long come last, and only where they are named.</summary>
    /// <param name="named">Whether a name was asked for; null for all that take no longer than reading the data.</param>
    public static IReadOnlyList<AuditRule> Rules(Predicate<string>? named) =>
        [.. Catalog<AuditRule>.Names.Select(Catalog<AuditRule>.Create).Where(rule => named is null ? !rule.OnRequest : named(rule.Name))
            .OrderBy(rule => rule.OnRequest).ThenByDescending(rule => rule.Severity)];

    /// <summary>What is found in data that were imported.</summary>
    public IEnumerable<AuditFinding> Run(Dataset data) => Run(data switch
    {
        ImageDataset images => new ImageSurveyor(ImageListing.Of(images, cancel), progress).Run(images, cancel),
        TextDataset texts => TextSurvey.Of(texts, cancel),
        _ => throw new ArgumentException($"{data.GetType().Name} is no kind of data that is audited.", nameof(data)),
    }, data);

    /// <summary>What is found in a folder or file that an import may refuse.</summary>
    /// <param name="path">Full path: of class folders, of splits with class folders, or of texts as an import takes them.</param>
    /// <exception cref="FineTuneException">There is nothing there that could be audited.</exception>
    public IEnumerable<AuditFinding> Run(string path)
    {
        if (!Directory.Exists(path)) return OfTexts(path);
        var listing = ImageListing.OfFolder(path, cancel);
        if (HoldsTexts(path, listing)) return OfTexts(path);
        var survey = new ImageSurveyor(listing, progress).Run(null, cancel);
        var (data, refusal) = Imported(path, listing.Refusal);
        return Run(survey, data, refusal);
    }

    // Only what learns from the samples needs them as a dataset.
    (ImageDataset? Data, FineTuneException? Refusal) Imported(string path, FineTuneException? refusal)
    {
        if (refusal is not null || !rules.Any(rule => rule.OnRequest)) return (null, refusal);
        try
        {
            return (ImageDataset.ImportReadOnly(new() { Root = path, OnBadImage = BadSamplePolicy.Skip }, workspace, progress, cancel), null);
        }
        catch (FineTuneException fault)
        {
            return (null, fault);
        }
    }

    // A logo beside texts makes no images of them; a readme beside images in no class folder makes no texts of those.
    bool HoldsTexts(string path, ImageListing listing) =>
        listing.Files.Count == 0 && (TextFiles.AreIn(path, cancel) || (listing.Loose.Count + listing.Foreign.Count == 0 && HoldsFiles(path)));

    static bool HoldsFiles(string folder) =>
        Directory.EnumerateFiles(folder, "*", new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true }).Any();

    // As an import with its defaults reads them; where it refuses, without splits.
    IEnumerable<AuditFinding> OfTexts(string path)
    {
        var settings = new TextDatasetReference { Root = path, OnBadText = BadSamplePolicy.Skip };
        FineTuneException? refusal = null;
        TextDataset data;
        try
        {
            data = Open(settings);
        }
        catch (FineTuneException fault)
        {
            refusal = fault;
            data = Open(settings with { TestFraction = 1 });
        }
        return Run(TextSurvey.Of(data, cancel), data, refusal);
    }

    TextDataset Open(TextDatasetReference settings) => (TextDataset)settings.OpenReadOnly(workspace, progress, cancel);

    IEnumerable<AuditFinding> Run(Survey survey, Dataset? data, FineTuneException? refusal = null)
    {
        (survey.Data, survey.Workspace, survey.Progress, survey.Cancel, survey.Refusal) = (data, workspace, progress, cancel, refusal);
        foreach (var rule in rules)
            foreach (var finding in rule.Check(survey).Concat(survey switch
            {
                ImageSurvey images => rule.CheckImages(images),
                TextSurvey texts => rule.CheckTexts(texts),
                _ => [],
            }))
            {
                cancel.ThrowIfCancellationRequested();
                yield return finding;
            }
    }
}
