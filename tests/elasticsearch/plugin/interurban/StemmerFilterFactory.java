package interurban;

import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.snowball.SnowballFilter;
import org.elasticsearch.plugin.Inject;
import org.elasticsearch.plugin.NamedComponent;
import org.elasticsearch.plugin.analysis.TokenFilterFactory;
import org.tartarus.snowball.SnowballStemmer;
import org.tartarus.snowball.ext.EnglishStemmer;
import org.tartarus.snowball.ext.FrenchStemmer;

/** "stemmer" for the two languages we index, under the names that the production filter gives them. */
@NamedComponent("stemmer")
public class StemmerFilterFactory implements TokenFilterFactory {
    private final String language;

    @Inject
    public StemmerFilterFactory(StemmerSettings settings) {
        this.language = settings.language();
    }

    @Override
    public TokenStream create(TokenStream input) {
        return new SnowballFilter(input, stemmer());
    }

    private SnowballStemmer stemmer() {
        return switch (language) {
            case "porter2" -> new EnglishStemmer();
            case "french" -> new FrenchStemmer();
            default -> throw new IllegalArgumentException("no stemmer for language " + language);
        };
    }
}
