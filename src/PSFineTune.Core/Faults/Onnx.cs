namespace PSFineTune;

static partial class Fault
{
    public static FineTuneException NoOnnxForm(string model, string why) => new("NoOnnxForm", FaultKind.NotSupported,
        $"This {model} cannot be written as ONNX: {why}.", "Serve it from a package with Invoke-Prediction, or export a model that can be written.", model);

    public static FineTuneException OnnxRefused(string path, string why, Exception inner) => new("OnnxRefused", FaultKind.InvalidData,
        $"ONNX Runtime does not take what was to become '{path}': {why.TrimEnd('.')}. The file was not moved into place.",
        "Report it with the architecture; with -SkipCheck the file is written nevertheless.", path, inner);

    public static FineTuneException OnnxDiffers(string path, int samples, int otherClasses, double largest, string allowed) => new("OnnxDiffers", FaultKind.Mismatch,
        FormattableString.Invariant($"ONNX Runtime answers otherwise than this module: of {samples} samples {otherClasses} get another class, and logits differ by up to {largest:0.######} of the largest one; allowed is {allowed}. '{path}' was not moved into place."),
        "Export it again without -Quantize where it was given; else look at Test-FineTuneEnvironment, and with -SkipCheck the file is written nevertheless.", path);
}
