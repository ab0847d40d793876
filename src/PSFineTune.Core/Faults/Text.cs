namespace PSFineTune;

static partial class Fault
{
    public static FineTuneException NothingToPredict(string? property, string type, IReadOnlyList<string> known) => new("NothingToPredict", FaultKind.InvalidArgument,
        property is null ? $"An object of type {type} is neither a file nor a text, and has no property with one." : $"An object of type {type} has no property '{property}'.",
        $"Name the property that holds the text or path with -Property; it has {string.Join(", ", known.Take(Named))}{(known.Count > Named ? ", …" : "")}.", property);

    public static FineTuneException NotOfTexts(string model) => new("NotOfTexts", FaultKind.InvalidArgument,
        $"{model} was trained on images; it reads no texts.", "Give image files, or a model that was trained with Import-TextDataset.", model);

    public static FineTuneException OtherKindOfData(string model, bool areTexts) => new("OtherKindOfData", FaultKind.InvalidArgument,
        areTexts ? $"{model} learns from images, and these are texts." : $"{model} learns from texts, and these are images.",
        $"Choose a model of {(areTexts ? "texts, such as LinearSvm" : "images")}, see Get-ModelArchitecture, or import {(areTexts ? "images with Import-ImageDataset" : "texts with Import-TextDataset")}.", model);

    public static FineTuneException NoTermModel(string model, string wanted) => new("NoTermModel", FaultKind.InvalidArgument,
        $"{model} has no terms or vectors that LIBSVM would understand.", $"Give a run or package of {wanted}.", model);

    public static FineTuneException TooManyWeights(int terms, int classes, long most) => new("TooManyWeights", FaultKind.InvalidArgument,
        $"{terms} terms times {classes} classes are more weights than the {most} that can be stored.", "Keep fewer terms: MinDocuments, a Selector with K, or fewer HashBits.", terms);

    public static FineTuneException TooManyTerms(int terms, int classes) => new("TooManyTerms", FaultKind.InvalidArgument,
        $"{terms} terms cannot be counted by {classes} classes to choose from them.", "Give VocabularySize without a Selector, or number terms by HashBits.", terms);

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
            "Give jieba's tables as they are: prob_start.py and its neighbours in finalseg and posseg, or hmm_segmentation.json and hmm_part_of_speech.json.", path, why);

    public static FineTuneException NoDictionary() =>
        new("NoDictionary", FaultKind.NotFound, "Chinese text is divided by a dictionary, and none was given.",
            "Copy the folder jieba of https://github.com/fxsjy/jieba (MIT licence), which has dict.txt, finalseg and posseg, to this machine once, and name it: "
            + "-Dictionary PATH, or the environment variable PSFINETUNE_DICTIONARY for all sessions.");

    public static FineTuneException DictionaryNotFound(string path) =>
        new("DictionaryNotFound", FaultKind.NotFound, $"'{path}' is neither a dictionary nor a folder with a dict.txt.",
            "Name the folder jieba of https://github.com/fxsjy/jieba (MIT licence), or a dictionary of the same format: a line a word, its count and its part of speech.", path);

    public static FineTuneException TablesNotFound(string dictionary, string[][] known) =>
        new("TablesNotFound", FaultKind.NotFound,
            $"Beside the dictionary '{dictionary}' are no tables for words that it lacks; they are {string.Join(", or ", Enumerable.Reverse(known).Select(files => string.Join(", ", files)))}.",
            "Copy them there from the folder jieba of https://github.com/fxsjy/jieba, or set Hmm to false: characters that are no words of the dictionary then stand alone.", dictionary);

    public static FineTuneException NoPartsOfSpeech(string language) =>
        new("NoPartsOfSpeech", FaultKind.NotSupported, $"Parts of speech are known of Chinese words; the language is '{language}'.", "Leave PartOfSpeech out, or set Language to zh.", language);

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

    public static FineTuneException BadModelConfig(string path, string problem) =>
        new("BadModelConfig", FaultKind.InvalidData, $"'{path}' describes no network that can be built here: {problem}.",
            "Give the config.json that was published with the weights, or remove it: sizes are then taken from the weights.", path);
}
