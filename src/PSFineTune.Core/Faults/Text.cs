namespace PSFineTune;

static partial class Fault
{
    public static FineTuneException NothingToPredict(string? property, string type, IReadOnlyList<string> known) => new("NothingToPredict", FaultKind.InvalidArgument,
        property is null ? $"An object of type {type} is neither a file nor a text, and has no property with one." : $"An object of type {type} has no property '{property}'.",
        $"Name the property that holds the text or path with -Property; it has {string.Join(", ", known.Take(Named))}{(known.Count > Named ? ", …" : "")}.", property);

    public static FineTuneException NotOfTexts(string model) => new("NotOfTexts", FaultKind.InvalidArgument,
        $"{model} was trained on images; it reads no texts.", "Give image files, or a model that was trained with Import-TextDataset.", model);

    public static FineTuneException NoTextPipeline(string model) => new("NoTextPipeline", FaultKind.InvalidArgument,
        $"The plan of {model} does not say how texts are prepared.", "Give -TextPipeline a pipeline from New-TextPipeline, or make the plan again with New-FineTunePlan.", model);

    public static FineTuneException NoTerms(int seen, int least) => new("NoTerms", FaultKind.InvalidData,
        $"No term is left to learn from: the training texts have {seen}, and none stands in {least} texts or more and in few enough of them.",
        "Lower MinDocuments or raise MaxDocumentShare of the text pipeline, or see with ConvertTo-TextToken what its tokens are.", null);

    public static FineTuneException BadTextLine(string path, int line, string text, string wanted) =>
        new("BadTextLine", FaultKind.InvalidData, $"Line {line} of '{path}' is '{(text.Length > 60 ? text[..60] + "…" : text)}', which is not {wanted}.",
            "Correct the line, or give another file.", path);

    public static FineTuneException BadTextModel(string path, Exception why) =>
        new("BadTextModel", FaultKind.InvalidData, $"'{path}' is no table of the kind that is wanted here: {why.Message}",
            "Give jieba's tables as JSON, hmm_segmentation.json or hmm_part_of_speech.json.", path, why);
}
