using System.Globalization;

namespace PSFineTune;

static partial class Fault
{
    public static FineTuneException TooManyNumbers(int rows, long most) =>
        new("TooManyNumbers", FaultKind.LimitExceeded, string.Create(CultureInfo.InvariantCulture, $"After {rows} rows the data have more than the {most} numbers that fit in memory at once."),
            "Use fewer rows, or features that more of them share (a larger MinDocuments, a VocabularySize).", most);

    public static FineTuneException TooManyColumns(int columns, int most) =>
        new("TooManyColumns", FaultKind.LimitExceeded, string.Create(CultureInfo.InvariantCulture, $"The data name feature {columns}, and a linear machine keeps a weight of every feature up to {most}."),
            "Number the features from 1 without gaps, or by a hash of at most 26 bits.", columns);

    public static FineTuneException ValuesTooLarge(int sample, double square) =>
        new("ValuesTooLarge", FaultKind.InvalidData, string.Create(CultureInfo.InvariantCulture, $"The values of sample {sample} are so large (their squares make {square:0.#e0}) that the kernel cannot be computed."),
            "Bring the features to a like range, such as 0 to 1, or give a smaller gamma or degree.", sample);

    public static FineTuneException BadSparseLine(string path, int line, string what) =>
        new("BadLibSvmLine", FaultKind.InvalidData, $"'{path}', line {line}: {what}.",
            "Correct the line: a label, then index:value with ascending indices from 1, parted by blanks.", path);

    public static FineTuneException BadSvmModel(string path, int line, string what) =>
        new("BadLibSvmModel", FaultKind.InvalidData, $"'{path}', line {line}: {what}.",
            "Give a model file of svm-train with -s 0 and -t 0, 1 or 2, as it was written.", path);
}
