namespace PSFineTune;

static partial class Fault
{
    public static FineTuneException BadTextLine(string path, int line, string text, string wanted) =>
        new("BadTextLine", FaultKind.InvalidData, $"Line {line} of '{path}' is '{(text.Length > 60 ? text[..60] + "…" : text)}', which is not {wanted}.",
            "Correct the line, or give another file.", path);

    public static FineTuneException BadTextModel(string path, Exception why) =>
        new("BadTextModel", FaultKind.InvalidData, $"'{path}' is no table of the kind that is wanted here: {why.Message}",
            "Give jieba's tables as they are: prob_start.py and its neighbours in finalseg and posseg, or hmm_segmentation.json and hmm_part_of_speech.json.", path, why);
}
