namespace PSFineTune;

static partial class Fault
{
    public static FineTuneException ExcludedOutside(string path, string root) =>
        new("ExcludedOutside", FaultKind.InvalidArgument, $"'{path}' is to be left out and does not lie in '{root}'.",
            "Give paths of files of the data; relative ones start at the data's root, or else at the current location.", path);

    public static FineTuneException NothingToExclude(string type) =>
        new("NothingToExclude", FaultKind.InvalidArgument, $"An object of type {type} names nothing to leave out: it has no Path.",
            "Give findings of Test-FineTuneDataset, paths, files, or a csv or text file of paths.", type);

    public static FineTuneException BadExclusionList(string file, int line, string what) =>
        new("BadExclusionList", FaultKind.InvalidData, $"'{file}', line {line}: {what}.",
            "Give a csv with the column Path, and perhaps Line, such as Test-FineTuneDataset | Export-Csv makes, or a text file with a path in each line.", file);
}
