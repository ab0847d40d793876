namespace PSFineTune;

static partial class Fault
{
    public static FineTuneException ForeignLibtorch(string path) => new("ForeignLibtorch", FaultKind.Busy,
        $"Another libtorch is already loaded in this process: '{path}'. One process cannot hold two.",
        "Start a new PowerShell process and import PSFineTune before any other module that computes with libtorch.", path);

    public static FineTuneException NativeLoadFailed(string library, string reason, Exception inner) => new("NativeLoadFailed", FaultKind.Unavailable,
        $"The native library '{library}' cannot be loaded: {reason}",
        "Run Test-FineTuneEnvironment, which names what is missing or does not fit this system, and run Install-FineTuneRuntime -Force, which installs the native files again.", library, inner);

    public static FineTuneException WeightsNotFound(string path) => new("WeightsNotFound", FaultKind.NotFound,
        $"There is no weights file '{path}'.", "Check the path; -Weights takes a .safetensors file.", path);

    public static FineTuneException WeightsChanged(string path) => new("WeightsChanged", FaultKind.Mismatch,
        $"The weights file '{path}' has other content than when the plan was made.", "Make the plan again with New-FineTunePlan, or put the former file back.", path);

    public static FineTuneException InvalidWidth(double width) => new("InvalidWidth", FaultKind.InvalidArgument,
        FormattableString.Invariant($"A network cannot be {width} times as wide; Width is above 0 and at most 16."), "Use 1, or the width that the weights were trained with, such as 0.35.", width);

    public static FineTuneException InvalidSafetensors(string path, string problem) => new("InvalidSafetensors", FaultKind.InvalidData,
        $"'{path}' is not a valid safetensors file: {problem}.",
        "Fetch or write the file again; compare its SHA-256 with the one published.", path);

    public static FineTuneException PickledWeights(string path) => new("InvalidSafetensors", FaultKind.InvalidData,
        $"'{path}' is a PyTorch file, whose pickle may run any code when it is read; only safetensors files are read.",
        "On a machine with Python: safetensors.torch.save_file(torch.load(path, weights_only=True), 'weights.safetensors').", path);

    public static FineTuneException WeightsMismatch(string source, string model, IReadOnlyList<string> problems) => new("WeightsMismatch", FaultKind.Mismatch,
        $"The weights of '{source}' do not fit {model}: {string.Join("; ", problems)}.",
        "Choose the architecture that the weights were trained for; Get-ModelLayer lists its tensors.", source);
}
