using PSFineTune.Augment;

namespace PSFineTune;

static partial class Fault
{
    /// <param name="op">The op whose setting it is.</param>
    /// <param name="setting">Its name.</param>
    /// <param name="value">What was given.</param>
    /// <param name="allowed">What may be given, as the end of "it must be".</param>
    public static FineTuneException InvalidOpSetting(AugmentOp op, string setting, object? value, string allowed) =>
        new("InvalidOpSetting", FaultKind.InvalidArgument, $"{op.GetType().Name} has {setting} {value ?? "(none)"}; it must be {allowed}.",
            $"Give {setting} such a value, or leave it out for its default.", value);

    /// <summary>An edit that was drawn for another image.</summary>
    public static FineTuneException EditDoesNotFit(Edit edit, int width, int height) =>
        new("EditDoesNotFit", FaultKind.Mismatch, $"An image of {width} x {height} pixels does not hold the rectangle of {edit}.",
            "Apply recorded edits to the images they were drawn for.", edit);

    /// <summary>An image too small for what is to be cut out of it.</summary>
    public static FineTuneException CropLargerThanImage(int width, int height, int size) =>
        new("CropLargerThanImage", FaultKind.Mismatch, $"RandomCrop is to cut {size} pixels out of an image of {width} x {height}.",
            "Set PadIfNeeded or more Padding, put Resize before RandomCrop, or give it a smaller Size.", $"{width} x {height}");

    public static FineTuneException ResizedTooLarge(int width, int height, int toWidth, int toHeight) =>
        new("ImageTooLarge", FaultKind.LimitExceeded, $"An image of {width} x {height} pixels would be resized to {toWidth} x {toHeight}, more than an image may have.",
            "Give Resize a smaller Size or a MaxSize, or remove the image if its shape is a mistake.", $"{width} x {height}");

    public static FineTuneException ImageChanged(string path, string drawn, string found) =>
        new("ImageChanged", FaultKind.Mismatch, $"'{path}' is not the image that the edits were drawn for: its SHA-256 is {found}, theirs {drawn}.",
            "Put the image back as it was, or draw anew without -Replay.", path);

    /// <param name="name">File, or what else the text is.</param>
    /// <param name="what">What it should describe.</param>
    /// <param name="why">What is wrong with it.</param>
    /// <param name="inner">Of the reader.</param>
    public static FineTuneException NotDescribed(string name, string what, string why, Exception? inner = null) =>
        new("NotDescribed", FaultKind.InvalidData, $"{name} does not describe {what}: {why}",
            "Write it again with Export-AugmentPipeline, or correct it: a list of { \"is\": \"RandomRotation\", \"degrees\": 15 }.", name, inner);

    /// <summary>A draws file or draw objects that lack what makes one.</summary>
    public static FineTuneException NotADraw(object? given, string why) =>
        new("NotADraw", FaultKind.InvalidData, $"'{given}' is no record of drawn edits: {why}",
            "Give -Replay what Invoke-AugmentPipeline returned, or its JSON: ConvertTo-Json -Depth 6.", given);

    public static FineTuneException NoNumbers(System.Collections.IEnumerable given) =>
        new("NoNumbers", FaultKind.InvalidArgument, $"'{string.Join(", ", given.Cast<object?>())}' is not a list of numbers.",
            "Give one number or a list of them, such as 0.5 or @(0.1, 1).", given);
}
