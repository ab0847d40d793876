namespace PSFineTune;

static partial class Fault
{
    public static FineTuneException BadTextLine(string path, int line, string text, string wanted) =>
        new("BadTextLine", FaultKind.InvalidData, $"Line {line} of '{path}' is '{(text.Length > 60 ? text[..60] + "…" : text)}', which is not {wanted}.",
            "Correct the line, or give another file.", path);

    public static FineTuneException BadTextModel(string path, Exception why) =>
        new("BadTextModel", FaultKind.InvalidData, $"'{path}' is no table of the kind that is wanted here: {why.Message}",
            "Give jieba's tables as JSON, hmm_segmentation.json or hmm_part_of_speech.json.", path, why);

    public static FineTuneException BadFastText(string path, string problem) =>
        new("BadFastTextModel", FaultKind.InvalidData, $"The fastText model '{path}' cannot be used: {problem}.", "Fetch the file again, or give its vectors as text, the .vec file.", path);

    public static FineTuneException NoWordVectors(string path, string model) =>
        new("NoWordVectors", FaultKind.InvalidData, $"'{path}' is no file of word vectors, which {model} takes its weights from: neither GloVe's text, nor word2vec's or fastText's text or binary form, nor a fastText model.",
            "Give -Weights a file with a word and its numbers in each line, such as glove.6B.50d.txt, or none.", path);

    public static FineTuneException NoWordHasVector(string path, IEnumerable<string> words) =>
        new("NoWordHasVector", FaultKind.Mismatch, $"None of the words of the texts, such as {string.Join(", ", words.Select(word => $"'{word}'"))}, has a vector in '{path}'.",
            "Give vectors of the texts' language, and a -TextPipeline whose tokens are words as that file has them.", path);

    public static FineTuneException BadVocabulary(string path, string problem) =>
        new("BadVocabulary", FaultKind.InvalidData, $"'{path}' is no vocabulary of word pieces: {problem}.",
            "Give the vocab.txt that was published with the weights.", path);

    public static FineTuneException VocabularyTooLarge(string path, int lines, int rows) =>
        new("VocabularyTooLarge", FaultKind.Mismatch, $"The vocabulary '{path}' has {lines} lines, and the network has vectors for {rows} of them.",
            "Give the vocab.txt that was published with the weights, or a model with a larger VocabularySize.", path);

    public static FineTuneException NotOfTexts(string model) =>
        new("WrongKindOfData", FaultKind.Mismatch, $"{model} is a model of texts, and the data are images.", "Give it data from Import-TextDataset, or choose a model of images.", model);

    public static FineTuneException BadModelConfig(string path, string problem) =>
        new("BadModelConfig", FaultKind.InvalidData, $"'{path}' describes no network that can be built here: {problem}.",
            "Give the config.json that was published with the weights, or remove it: sizes are then taken from the weights.", path);
}
