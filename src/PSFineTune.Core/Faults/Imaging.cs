namespace PSFineTune;

static partial class Fault
{
    /// <summary>The file's bytes are there but are no whole picture.</summary>
    public static FineTuneException UndecodableImage(string path, string why, Exception? inner = null) =>
        new("UndecodableImage", FaultKind.InvalidData, $"The image '{path}' cannot be decoded: {why}.",
            "Replace or remove the file; readable are jpg, png, webp, bmp and gif.", path, inner);

    public static FineTuneException ImageTooLarge(string path, long width, long height, long limit) =>
        new("ImageTooLarge", FaultKind.LimitExceeded, $"The image '{path}' has {width} x {height} pixels; the limit is {limit / 1_000_000} megapixels.",
            "Shrink the picture, or remove it if its size is a mistake.", path);

    public static FineTuneException ImageTakesTooMuch(string path, (int Width, int Height) size, long bytes, long limit) =>
        new("ImageTooLarge", FaultKind.LimitExceeded, $"The image '{path}' has {size.Width} x {size.Height} pixels, and decoding it takes {bytes >> 20:N0} MiB; the limit is {limit >> 20:N0} MiB.",
            "Shrink the picture, or remove it if its size is a mistake.", path);

    public static FineTuneException ImageFileTooLarge(string path, long bytes, long limit) =>
        new("ImageTooLarge", FaultKind.LimitExceeded, $"The image file '{path}' has {bytes >> 20:N0} MiB; the limit is {limit >> 20:N0} MiB.",
            "Shrink the picture, or remove it if it is none.", path);

    public static FineTuneException UnreadableImage(string path, Exception why) =>
        new("UnreadableImage", FaultKind.ReadError, $"The image file '{path}' cannot be read: {why.Message}",
            "Check that the file exists and that this account may read it.", path, why);

    public static FineTuneException UnencodableImage(string format, int width, int height) =>
        new("UnencodableImage", FaultKind.LimitExceeded, $"A picture of {width} x {height} pixels cannot be written as {format}.",
            "Choose another format (png has the widest limits), or a smaller picture.", format);
}
