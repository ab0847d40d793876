using PSFineTune.Downloads;
using PSFineTune.Packaging;

namespace PSFineTune.Pretrained;

/// <summary>The folder of published weights, one folder in it for each entry.</summary>
sealed class WeightsCache
{
    /// <summary>Environment variable that names a folder, which several accounts may use.</summary>
    public const string Variable = "PSFINETUNE_WEIGHTS";

    const string Extension = ".safetensors";

    /// <param name="folder">Full path; null for $env:PSFINETUNE_WEIGHTS, else weights in the account's own folder.</param>
    /// <exception cref="FineTuneException">NoWorkspace, for an account without a home folder.</exception>
    public WeightsCache(string? folder = null)
    {
        var named = folder ?? Workspace.NamedBy(Variable);
        (Folder, IsShared) = (named ?? Path.Combine(Workspace.OfUser, "weights"), named is not null);
        Lock = new(Folder, IsShared);
    }

    public string Folder { get; }

    /// <summary>It was named, so that it may be one of several accounts.</summary>
    public bool IsShared { get; }

    public PretrainedLock Lock { get; }

    /// <summary>The folder of an entry; it need not be there.</summary>
    public string FolderOf(PretrainedEntry entry) => Path.Combine(Folder, entry.Name);

    /// <summary>Name of a weights file in the cache: what is no safetensors file is made one.</summary>
    public static string NameOf(string published) => IsPickled(published) ? (published == WeightsFormat.PyTorch.FolderName ? "model" : Path.GetFileNameWithoutExtension(published)) + Extension : published;

    /// <summary>Whether a file is of a form that is converted.</summary>
    public static bool IsPickled(string name) => WeightsFormat.PyTorch.Names(name);

    /// <summary>The weights file of an entry, full path; null where it is not there.</summary>
    public string? Find(PretrainedEntry entry) => Path.Combine(FolderOf(entry), NameOf(entry.Files[0].Name)) is var path && File.Exists(path) ? path : null;

    /// <summary>The saved weights that a word of -Weights means.</summary>
    /// <param name="architecture">Name of the network.</param>
    /// <param name="word">Published, or the name of an entry.</param>
    /// <exception cref="FineTuneException">NothingPublished; NotSaved: they are not on this machine, and nothing is fetched without being asked for.</exception>
    public string Saved(string architecture, string word)
    {
        var entry = Meant(architecture, word);
        return Find(entry) ?? throw Fault.NotSaved(entry.Name, entry.Architecture, Folder, Asked(entry));
    }

    /// <summary>Holds saved weights, whose hash is known once they are read, and the files beside them to the record.</summary>
    /// <param name="architecture">Name of the network.</param>
    /// <param name="word">Published, or the name of an entry.</param>
    /// <param name="path">The weights file.</param>
    /// <param name="sha256">Of that file.</param>
    /// <exception cref="FineTuneException">SavedFileChanged; CannotRead, BrokenRecord: the record, or a file beside, cannot be read.</exception>
    public void Hold(string architecture, string word, string path, string sha256)
    {
        var entry = Meant(architecture, word);
        if (!Lock.Holds(entry, Path.GetFileName(path), sha256)) throw Fault.SavedFileChanged(path, Lock.Path, Asked(entry));
        foreach (var file in entry.Files.Skip(1).Where(file => !IsHeld(entry, file)))
            throw Fault.SavedFileChanged(Path.Combine(FolderOf(entry), file.Name), Lock.Path, Asked(entry));
    }

    // Of a network for texts words and sizes matter as much. One that is not recorded, and may lack, must not be there either.
    bool IsHeld(PretrainedEntry entry, PretrainedFile file) => Path.Combine(FolderOf(entry), file.Name) is var path && File.Exists(path)
        ? Lock.Holds(entry, file.Name, FileHash.Of(path, CancellationToken.None)) : Lock.Find(entry.Name, file.Name) is null && file.IsOptional;

    static PretrainedEntry Meant(string architecture, string word) =>
        PretrainedCatalog.Named(word) ?? PretrainedCatalog.For(architecture) ?? throw Fault.NothingPublished(architecture, PretrainedCatalog.Entries.Select(known => known.Architecture).Distinct());

    // What Save-PretrainedModel is to be asked for.
    static string Asked(PretrainedEntry entry) => PretrainedCatalog.For(entry.Architecture) == entry ? entry.Architecture : entry.Name;

    /// <summary>The cache's folder and those in it, in ordinal order; none for an account without a home folder.</summary>
    public static IReadOnlyList<string> Folders
    {
        get
        {
            if (Known() is not { Folder: var folder }) return [];
            try
            {
                return Directory.Exists(folder) ? [folder, .. Directory.EnumerateDirectories(folder).Order(StringComparer.Ordinal)] : [folder];
            }
            catch (Exception closed) when (closed is IOException or UnauthorizedAccessException)
            {
                return [folder];
            }
        }
    }

    /// <summary>Whether weights of a network are here; false also where this account has no place for any.</summary>
    public static bool Has(PretrainedEntry entry) => Known()?.Find(entry) is not null;

    static WeightsCache? Known()
    {
        try
        {
            return new();
        }
        catch (FineTuneException wrong) when (wrong.Id == "NoWorkspace")
        {
            return null;
        }
    }
}
