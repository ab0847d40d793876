using PSFineTune.Packaging;
using PSFineTune.Text.Tokens;

namespace PSFineTune.Text.Chinese;

/// <summary>jieba's dictionary and tables, from a folder or from the parts of a model. What is read of them is read once a process.</summary>
sealed class JiebaFiles
{
    /// <summary>Environment variable that names the folder, or the dictionary, where none is given.</summary>
    public const string Variable = "PSFINETUNE_DICTIONARY";

    const string Folder = "tokens/", Words = Folder + "dictionary.txt", UserWords = Folder + "user_dictionary.txt";

    // As one JSON file, or as in jieba's repository, a file a table.
    static readonly string[][] s_segmentation = [["hmm_segmentation.json"], ["finalseg/prob_start.py", "finalseg/prob_trans.py", "finalseg/prob_emit.py"]];
    static readonly string[][] s_tags = [["hmm_part_of_speech.json"], ["posseg/prob_start.py", "posseg/prob_trans.py", "posseg/prob_emit.py", "posseg/char_state_tab.py"]];

    readonly Dictionary<string, TextPart> _parts;

    JiebaFiles(IEnumerable<TextPart> parts, IEnumerable<string> names) => _parts = names.Zip(parts).ToDictionary(StringComparer.Ordinal);

    /// <summary>Whether a model has a dictionary.</summary>
    public static bool AreIn(ModelParts parts) => parts.Find(Words) is not null;

    /// <summary>Those of a model; before it is trained those on the disk.</summary>
    /// <exception cref="FineTuneException">PartMissing, NoDictionary, DictionaryNotFound, CannotRead.</exception>
    public static JiebaFiles Of(ChineseTokens spec, ModelParts parts)
    {
        if (AreIn(parts)) return new(parts.All.Select(part => new TextPart(part.Name, part.Source)), parts.All.Select(part => part.Name));
        if (parts.AreAll) throw Fault.PartMissing("the model", Words);
        var given = Given(spec);
        if (given.Length == 0) throw Fault.NoDictionary();
        if (FileOf(given) is null) throw Fault.DictionaryNotFound(given);
        if (spec.UserDictionary is { } user && !File.Exists(user)) throw Fault.CannotRead(user, new FileNotFoundException("there is no such file."));
        var files = OnDisk(spec).ToList();
        return new(files.Select(file => TextPart.OfFile(file.Path)), files.Select(file => file.Name));
    }

    /// <summary>The files that are there: the name by which each travels with a model, and its path.</summary>
    public static IEnumerable<(string Name, string Path)> OnDisk(ChineseTokens spec)
    {
        if (FileOf(Given(spec)) is not { } dictionary) yield break;
        yield return (Words, dictionary);
        if (File.Exists(spec.UserDictionary)) yield return (UserWords, spec.UserDictionary);
        if (!spec.Hmm) yield break;
        var folder = Path.GetDirectoryName(dictionary)!;
        var tables = (spec.PartOfSpeech.Count > 0 ? s_tags : s_segmentation).FirstOrDefault(tables => tables.All(file => File.Exists(Path.Combine(folder, file)))) ?? [];
        foreach (var table in tables) yield return (Folder + table, Path.Combine(folder, table));
    }

    /// <summary>The dictionary, with the user's words.</summary>
    /// <exception cref="FineTuneException">CannotRead, BadTextLine.</exception>
    public ChineseDictionary Dictionary()
    {
        var part = _parts[Words];
        var whole = ReadOnce.Of([part], () => ChineseDictionary.Read(part));
        return _parts.TryGetValue(UserWords, out var user) ? ReadOnce.Of([part, user], () => whole.With(user)) : whole;
    }

    /// <exception cref="FineTuneException">TablesNotFound, CannotRead, BadTextModel.</exception>
    public CharacterModel Characters() => Model(s_segmentation, CharacterModel.Read);

    /// <exception cref="FineTuneException">TablesNotFound, CannotRead, BadTextModel.</exception>
    public TaggedCharacterModel Tagged() => Model(s_tags, TaggedCharacterModel.Read);

    T Model<T>(string[][] known, Func<HmmTables, T> read) where T : class
    {
        var names = known.FirstOrDefault(names => names.All(name => _parts.ContainsKey(Folder + name))) ?? throw Fault.TablesNotFound(_parts[Words].Name, known);
        return ReadOnce.Of([.. names.Select(name => _parts[Folder + name])], () => read(new([.. names.Select(name => (TableOf(name), _parts[Folder + name]))])));
    }

    // Which table a file of Python is; null for a JSON file, which has all.
    static string? TableOf(string name) => !name.EndsWith(".py", StringComparison.Ordinal) ? null
        : Path.GetFileNameWithoutExtension(name) is var file && file.StartsWith("prob_", StringComparison.Ordinal) ? file["prob_".Length..] : "char_states";

    static string Given(ChineseTokens spec) => spec.Dictionary.Length > 0 ? spec.Dictionary : Workspace.NamedBy(Variable) ?? "";

    // A dictionary itself, or the one of a folder: jieba's own, or its whole repository.
    static string? FileOf(string given) =>
        File.Exists(given) ? given : given.Length == 0 ? null : new[] { Path.Combine(given, "dict.txt"), Path.Combine(given, "jieba", "dict.txt") }.FirstOrDefault(File.Exists);
}
