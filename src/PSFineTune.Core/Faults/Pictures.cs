using System.Globalization;

namespace PSFineTune;

static partial class Fault
{
    public static FineTuneException GridSize(int rows, int columns, double scale, int side, long pixels) =>
        new("GridTooLarge", FaultKind.LimitExceeded, string.Create(CultureInfo.InvariantCulture,
                $"{rows} x {columns} cells of {scale} inches make no picture: a side has 1 to {side} pixels at 96 to the inch, the whole at most {pixels / 1_000_000} megapixels."),
            "Give fewer -Rows and -Columns, or another -Scale.", scale);

    public static FineTuneException UnknownPictureFormat(string path) =>
        new("UnknownPictureFormat", FaultKind.InvalidArgument, $"'{path}' ends like no format that is written: .png, .jpg, .jpeg, .webp, .html.",
            "Give -Path one of these endings.", path);

    public static FineTuneException PictureNotDrawn(string path, int width, int height) =>
        new("PictureNotDrawn", FaultKind.LimitExceeded, $"A picture of {width} x {height} pixels cannot be written to '{path}'.",
            "Give fewer -Rows and -Columns, a smaller -Scale, or another ending: a side of a .webp is at most 16383 pixels.", path);

    public static FineTuneException EpochsNeedPage(string? path) =>
        new("EpochsNeedPage", FaultKind.InvalidArgument, $"Only a page has a slider through epochs, and '{path ?? "the screen"}' is none.",
            "Give -Path a file ending in .html, or -Versions in place of -Epochs.", path);

    public static FineTuneException NoPictures() =>
        new("NoPictures", FaultKind.InvalidData, "No image came in, so there is nothing to show.", "Pipe in samples, files or paths of images.");

    public static FineTuneException NotAPicture(object? given) =>
        new("NotAPicture", FaultKind.InvalidArgument, $"'{given}' names no image: samples, predictions, files and paths do.",
            "Pipe in samples of a dataset, files of Get-ChildItem, paths, or objects with a Path.", given);

    public static FineTuneException NoEpochs(IReadOnlyList<string> runs) =>
        new("NoEpochs", FaultKind.InvalidData, $"No epoch is finished in {(runs.Count == 0 ? "any run: none came in" : string.Join(", ", runs))}, so there is no curve.",
            "Wait for the first epoch, which Watch-FineTune shows, or give another run.");

    public static FineTuneException NothingToDraw(string x, string y) =>
        new("NothingToDraw", FaultKind.InvalidData, $"No object came in whose properties '{x}' and '{y}' are numbers.", "Look at the objects with Get-Member, and name two properties with numbers; with -Logarithmic those of -X are above 0.");

    public static FineTuneException NoViewer() =>
        new("NoViewer", FaultKind.Unavailable, "This session has no screen to show a picture on.", "Give -Path and a file ending in .png, .jpg, .webp or .html.");

    public static FineTuneException ViewerFailed(string path, Exception why) =>
        new("NoViewer", FaultKind.Unavailable, $"No viewer opens '{path}': {why.Message}", "Give -Path and open the file yourself.", path, why);
}
