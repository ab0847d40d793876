using PSFineTune.Data;

namespace PSFineTune;

static partial class Fault
{
    const int Named = 5;

    public static FineTuneException NoWorkspace() =>
        new("NoWorkspace", FaultKind.NotFound, "This account has no folder for application data, so there is no default workspace.",
            $"Give -Workspace, or set ${Workspace.Variable} to a folder this account may write to.");

    public static FineTuneException NoFolder(string root, string item, bool isFile) =>
        new("DatasetNotFound", FaultKind.NotFound, isFile ? $"'{root}' is a file, not a folder of {item}s." : $"There is no folder '{root}'.",
            isFile ? "Give the folder that holds one folder for each class; a csv of path and label goes to -Manifest." : "Check the path and that this account may see it.", root);

    public static FineTuneException NoImages(string root, int loose) =>
        new("NoImages", FaultKind.InvalidData, $"No labelled images were found in '{root}'" + (loose > 0 ? $": {loose} lie in no class folder." : "."),
            "Give the folder that holds one folder for each class, with .jpg, .jpeg, .png, .webp, .bmp or .gif files in them.", root);

    public static FineTuneException ClassesDifferInCase(string root, IEnumerable<string> names) =>
        new("ClassesDifferInCase", FaultKind.InvalidData, $"These classes of '{root}' differ in upper and lower case alone: {List(names)}.",
            "Rename or merge them: no other file system or tool would tell them apart.", root);

    public static FineTuneException EmptyClasses(string root, string item, IReadOnlyList<string> names) =>
        new("EmptyClass", FaultKind.InvalidData, $"{Count(names.Count, "class")} of '{root}' without {One(item)}: {List(names)}.",
            $"Put {item}s in, or remove the class.", root);

    public static FineTuneException OneClass(string root, string item, string name) =>
        new("OneClass", FaultKind.InvalidData, $"'{root}' has one class alone: '{name}'. A classifier needs two or more to tell apart.",
            $"Give the folder above, or add {item}s that are something else.", root);

    public static FineTuneException ClassNotInSplit(string root, string item, IReadOnlyList<string> names, Split split) =>
        new("ClassInOneSplit", FaultKind.InvalidData, $"{Count(names.Count, "class")} of '{root}' without {One(item)} for {split.ToString().ToLowerInvariant()}: {List(names)}.",
            $"Put {item}s of every class into both train and validation, or remove the class everywhere.", root);

    public static FineTuneException ClassTooSmall(string root, string item, string name, Split split, int samples) =>
        new("ClassTooSmall", FaultKind.InvalidData, $"Class '{name}' of '{root}' has {Count(samples, "usable " + item)}, and none is left for {split.ToString().ToLowerInvariant()}.",
            $"Add different {item}s of it (copies of one {item}, or one group, share a split), or remove the class.", root);

    public static FineTuneException NoTrainFolder(string root, string split) =>
        new("NoTrainFolder", FaultKind.InvalidData, $"'{root}' has a folder '{split}' but no folder 'train', so it is not clear whether '{split}' is a split or a class.",
            "Put the classes to train on into a folder 'train' beside it, or give the folder below.", root);

    public static FineTuneException TwoFoldersOfSplit(string root, Split split, IEnumerable<string> folders) =>
        new("TwoFoldersOfSplit", FaultKind.InvalidData, $"'{root}' has two folders for {split.ToString().ToLowerInvariant()}: {List(folders)}.", "Merge or rename one of them.", root);

    public static FineTuneException MixedFolders(string root, string item, IEnumerable<string> splits, IEnumerable<string> others) =>
        new("MixedFolders", FaultKind.InvalidData, $"Beside {List(splits)}, '{root}' has other folders with {item}s: {List(others)}.",
            $"Move them into train, or out of the folder: {item}s there would be left out.", root);

    public static FineTuneException NoManifest(string manifest) =>
        new("ManifestNotFound", FaultKind.NotFound, $"There is no manifest '{manifest}'.", "Check the path; a relative one starts at the current location.", manifest);

    public static FineTuneException ManifestColumn(string manifest, string column, IReadOnlyList<string> header) =>
        new("ManifestColumn", FaultKind.InvalidData, $"'{manifest}', line 1: the header must name the column '{column}' once. It names: {(header.Count == 0 ? "nothing" : List(header))}.",
            "Make the first line path,label or path,label,split.", manifest);

    public static FineTuneException ManifestLine(string manifest, int line, string what) =>
        new("ManifestLine", FaultKind.InvalidData, $"'{manifest}', line {line}: {what}.", "Correct the line; relative paths start at the manifest's folder.", manifest);

    public static FineTuneException BadFraction(string name, double value, string range) =>
        new("BadFraction", FaultKind.InvalidArgument, $"{name} is {value}; it must be {range}.", "Give fractions such as 0.2, with room left for training.", value);

    public static FineTuneException BadGroupPattern(string pattern, string why) =>
        new("BadGroupPattern", FaultKind.InvalidArgument, $"The group pattern '{pattern}' cannot be used: {why}",
            "Give a regular expression that finds the group in the path below the root, parts joined by '/', such as '(patient\\d+)'.", pattern);

    public static FineTuneException GroupInTwoSplits(string group, string item, Split one, string path, Split other, string otherPath) =>
        new("GroupInTwoSplits", FaultKind.InvalidData, $"Group '{group}' is both in {one} ('{path}') and in {other} ('{otherPath}').",
            $"Move all its {item}s into one split, or leave the split to fractions, or give no groups.", group);

    public static FineTuneException BadImages(string root, IReadOnlyList<SkippedImage> bad, int total) =>
        new("BadImage", FaultKind.InvalidData,
            $"{bad.Count} of {Count(total, "image")} in '{root}' cannot be decoded: {string.Join(" ", bad.Take(Named).Select(image => image.Reason))}{(bad.Count > Named ? " …" : "")}",
            "Repair or remove them, or leave them out by -OnBadImage Skip.", root);

    public static FineTuneException BadImage(SkippedImage image) =>
        new("BadImage", FaultKind.InvalidData, $"Left out: {image.Reason}", "Repair or remove the file.", image.Path);

    public static FineTuneException FolderNotEmpty(string folder) =>
        new("FolderNotEmpty", FaultKind.InvalidArgument, $"'{folder}' exists and is not empty.", "Give a new folder, or -Force to write into this one.", folder);

    public static FineTuneException BadSampleSetting(string name, int value, string range) =>
        new("BadSampleSetting", FaultKind.InvalidArgument, $"{name} is {value}; it must be {range}.", "Give a value in that range.", value);

    static string List(IEnumerable<string> names)
    {
        var all = names.ToList();
        return string.Join(", ", all.Take(Named).Select(name => $"'{name}'")) + (all.Count > Named ? $" and {all.Count - Named} more" : "");
    }

    static string One(string item) => (item[0] is 'a' or 'e' or 'i' or 'o' or 'u' ? "an " : "a ") + item;

    static string Count(int count, string what) => count == 1 ? $"1 {what}" : $"{count} {(what.EndsWith('s') ? what + "es" : what + "s")}";
}
