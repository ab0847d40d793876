namespace PSFineTune;

static partial class Fault
{
    public static FineTuneException FlatLayer(string layer, IReadOnlyList<string> maps) => new("FlatLayer", FaultKind.InvalidArgument,
        $"The layer group '{layer}' is given numbers without a place in the image, so it has no map. Those with one: {string.Join(", ", maps)}.",
        $"Use '{maps[^1]}', or leave -Layer out.", layer);

    public static FineTuneException NoMaps(IEnumerable<string> groups) => new("NoMaps", FaultKind.InvalidArgument,
        $"GradCam needs a layer whose numbers lie as the image does; this network turns images into tokens, and none of its layer groups has such a map: {string.Join(", ", groups)}.",
        "Use -Method Occlusion, which needs none.");

    public static FineTuneException MethodHasNoLayer(string method) => new("MethodHasNoLayer", FaultKind.InvalidArgument,
        $"{method} looks at no layer.", "Leave -Layer out, or use -Method GradCam.", method);

    public static FineTuneException MethodDoesNotFit(string method, string model, IEnumerable<string> fitting) => new("MethodDoesNotFit", FaultKind.Mismatch,
        $"{method} does not explain {model}. Those that do: {string.Join(", ", fitting)}.", "Use one of them, or leave -Method out.", method);

    public static FineTuneException NoSuchClass(string label, IReadOnlyList<string> classes) => new("NoSuchClass", FaultKind.NotFound,
        $"The model knows no class '{label}'. Its classes: {string.Join(", ", classes)}.",
        Nearest(label, classes) is { } nearest ? $"Did you mean '{nearest}'?" : "Use one of them, or leave -Label out for the predicted one.", label);
}
