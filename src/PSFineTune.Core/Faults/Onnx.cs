namespace PSFineTune;

static partial class Fault
{
    public static FineTuneException NoOnnxForm(string model, string why) => new("NoOnnxForm", FaultKind.NotSupported,
        $"This {model} cannot be written as ONNX: {why}.", "Serve it from a package with Invoke-Prediction, or export a model that can be written.", model);

    public static FineTuneException NoOnnxPreprocessing(string model) => new("NoOnnxForm", FaultKind.NotSupported,
        $"The preprocessing of this {model} cannot be written as ONNX: what turns a text into numbers has no operators there.",
        "Export it without -IncludePreprocessing: the model itself can be written, and the file's metadata say how a text becomes its numbers.", model);

    /// <summary>Shown as a warning.</summary>
    public static FineTuneException NothingQuantized(string path, string model) => new("NothingQuantized", FaultKind.NotSupported,
        $"Nothing in this {model} can be kept in eight bits, so '{path}' is what it would be without -Quantize, and its Quantization is None.", "Leave -Quantize out.", path);

    public static FineTuneException OnnxRefused(string path, string why, Exception inner) => new("OnnxRefused", FaultKind.InvalidData,
        $"ONNX Runtime does not take what was to become '{path}': {why.TrimEnd('.')}. The file was not moved into place.",
        "Report it with the architecture; with -SkipCheck the file is written nevertheless.", path, inner);

    public static FineTuneException OnnxDiffers(string path, int samples, int otherClasses, double largest, double tolerance) => new("OnnxDiffers", FaultKind.Mismatch,
        FormattableString.Invariant($"ONNX Runtime answers otherwise than this module: of {samples} samples {otherClasses} get another class, and logits differ by up to {largest:0.######} of a sample's largest one; allowed are none and {tolerance:0.######}. '{path}' was not moved into place."),
        "Look at Test-FineTuneEnvironment, and report it with the architecture; with -SkipCheck the file is written nevertheless.", path);

    public static FineTuneException OnnxTooCoarse(string path, string model, int samples, int otherClasses, double largest, double tolerance, int? allowedClasses) => new("OnnxDiffers", FaultKind.Mismatch,
        FormattableString.Invariant($"This {model} does not bear eight bits, though nothing is wrong with it: of {samples} {(allowedClasses is null ? "made-up samples (of which any may get another class)" : "samples")} {otherClasses} get another class, and logits differ by up to {largest:0.######} of a sample's largest one; allowed are {(allowedClasses is { } allowed ? $"{allowed} samples and " : "")}{tolerance:0.######}. '{path}' was not moved into place."),
        "Export it without -Quantize; a network that is trained for longer, or from pretrained weights, often bears them. With -SkipCheck the file is written nevertheless: measure its accuracy before it serves.", path);

    public static FineTuneException OnnxPixelsDiffer(string model, double apart, double allowed) => new("OnnxDiffers", FaultKind.Mismatch,
        FormattableString.Invariant($"The preprocessing that the graph would have gives other values than predictions of '{model}' see: they lie apart by up to {apart:0.##} levels of 256; allowed are {allowed:0.##}. Nothing was written."),
        "Export it without -IncludePreprocessing, and report it with the model's preprocessing.", model);

    public static FineTuneException OnnxUnsteady(string path, double apart, double allowed) => new("OnnxDiffers", FaultKind.Mismatch,
        FormattableString.Invariant($"The model disagrees with itself: what this module answers for a sample alone and for the same sample among others lies apart by up to {apart:0.######} of its largest logit, and beyond {allowed:0.######} there is nothing to compare ONNX Runtime's answers with. '{path}' was not moved into place."),
        "Look whether its weights are as they should be, by Measure-Model or Test-FineTunePackage; with -SkipCheck the file is written nevertheless.", path);
}
